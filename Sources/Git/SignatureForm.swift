/// The form of a signature over a commit or tag, by the first line of its armour (git, gitformat-signature).
package enum SignatureForm: String, Hashable, Sendable, CaseIterable {
    /// OpenPGP (RFC 9580).
    case openPGP = "openpgp"
    /// OpenSSH (openssh, PROTOCOL.sshsig).
    case ssh
    /// CMS (RFC 5652), as gitsign and smimesign make it.
    case cms
    /// None of these.
    case unknown

    private static let armours: [(String, SignatureForm)] = [
        ("-----BEGIN PGP SIGNATURE-----", .openPGP), ("-----BEGIN PGP MESSAGE-----", .openPGP),
        ("-----BEGIN SSH SIGNATURE-----", .ssh), ("-----BEGIN SIGNED MESSAGE-----", .cms),
    ]

    /// The form that a line begins; nil when it begins none.
    init?(beginning line: some Collection<UInt8>) {
        guard let form = Self.armours.first(where: { line.starts(with: $0.0.utf8) })?.1 else { return nil }
        self = form
    }
}

/// A signature over a commit or tag, with the bytes that it is over.
package struct ObjectSignature: Hashable, Sendable {
    /// Its form.
    package let form: SignatureForm
    /// The armoured signature.
    package let armour: [UInt8]
    /// What is signed: the object without the signature, byte for byte.
    package let payload: [UInt8]

    /// The headers that hold a commit's signature, one for each hash by which objects may be named.
    static let headers = ["gpgsig", "gpgsig-sha256"]

    /// The signature of a commit: the first `gpgsig` header (`gpgsig-sha256` where objects are named by SHA-256); nil
    /// without one.
    ///
    /// Both headers are left out of what is signed, as git does.
    package init?(commit content: [UInt8], isSHA256: Bool) {
        let wanted = Self.headers[isSHA256 ? 1 : 0]
        guard let armour = ObjectHeaders(content)?.first(wanted) else { return nil }
        self.armour = armour
        form = SignatureForm(beginning: armour) ?? .unknown
        payload = Self.removingSignatures(from: content)
    }

    /// The signature of a tag: what follows the last line of the message that begins one; nil without one.
    package init?(tag content: [UInt8], isSHA256: Bool) {
        if isSHA256, let armour = ObjectHeaders(content)?.first(Self.headers[1]) {
            self.armour = armour
            form = SignatureForm(beginning: armour) ?? .unknown
            payload = Self.removingSignatures(from: content)
            return
        }
        var found: (start: Int, form: SignatureForm)?
        var position = 0
        while position < content.count {
            if content[position] == UInt8(ascii: "-"), let form = SignatureForm(beginning: content[position...]) {
                found = (position, form)
            }
            position = (content[position...].firstIndex(of: 0x0A) ?? content.count) + 1
        }
        guard let found else { return nil }
        form = found.form
        armour = Array(content[found.start...])
        payload = Self.removingSignatures(from: Array(content[..<found.start]))
    }

    /// The content without the headers that hold signatures.
    private static func removingSignatures(from content: [UInt8]) -> [UInt8] {
        var result: [UInt8] = []
        result.reserveCapacity(content.count)
        var position = 0
        var isSignature = false
        while position < content.count {
            let end = min((content[position...].firstIndex(of: 0x0A) ?? content.count) + 1, content.count)
            let line = content[position..<end]
            if line.first == 0x0A { break }
            if line.first != UInt8(ascii: " ") {
                isSignature = headers.contains { line.starts(with: Array($0.utf8) + [0x20]) }
            }
            if !isSignature { result.append(contentsOf: line) }
            position = end
        }
        result.append(contentsOf: content[min(position, content.count)...])
        return result
    }
}
