internal import CaseIndex
internal import Cryptography
internal import OCI
internal import OpenPGP
internal import StrictJSON

/// A copy of one image in a folder as containers/image writes it (`dir:`): `manifest.json`, blobs by their hexadecimal
/// digits, and `signature-1`, `signature-2` and so on; of an image of several platforms also
/// `<hex>.manifest.json` and `<hex>.signature-1` for each of them.
struct DirectoryCopy: Arrangement {
    let root: [UInt8]

    func kind(inArchive: Bool) -> String { inArchive ? "dir-archive" : "dir" }

    func owns(_ path: [UInt8]) -> Bool {
        guard let relative = relative(path), !relative.contains(UInt8(ascii: "/")) else { return false }
        return relative.elementsEqual("manifest.json".utf8) || relative.elementsEqual("version".utf8)
            || Self.isSignatureName(path) || digest(named: path) != nil
    }

    /// `<hex>`, and `<hex>.manifest.json` for the manifests of an index.
    func digest(named path: [UInt8]) -> Digest? {
        guard let relative = relative(path) else { return nil }
        let name = String(decoding: relative, as: UTF8.self)
        let hex = name.hasSuffix(Self.manifestSuffix) ? String(name.dropLast(Self.manifestSuffix.count)) : name
        return try? Digest(parsing: "sha256:\(hex)")
    }

    private static let manifestSuffix = ".manifest.json"

    /// Whether a path ends in `signature-N` or `<hex>.signature-N`, as the signatures beside a copied image do.
    static func isSignatureName(_ path: [UInt8]) -> Bool {
        let name = MemberPath.split(path).name
        return name.starts(with: "signature-".utf8) || signedManifest(name) != nil
    }

    /// The manifest of an index that a file `<hex>.signature-N` is about; nil for any other name.
    static func signedManifest(_ name: ArraySlice<UInt8>) -> Digest? {
        guard let dot = name.firstIndex(of: UInt8(ascii: ".")), name[(dot + 1)...].starts(with: "signature-".utf8)
        else { return nil }
        return Digest(.sha256, hex: name[..<dot])
    }

    func place(of digest: Digest) -> String { digest.hex }

    /// Folders whose `manifest.json` is one object, or anything with a signature beside it; docker's archives have a list
    /// there.
    static func find(in scan: EvidenceScan) -> [DirectoryCopy] {
        let signed = Set(scan.members.filter { isSignatureName($0.path) }.map { MemberPath.split($0.path).folder })
        return scan.members.compactMap { member in
            let parts = MemberPath.split(member.path)
            guard parts.name.elementsEqual("manifest.json".utf8), let measurement = member.measurement else {
                return nil
            }
            if measurement.looksLikeDocument {
                let first = measurement.retained?.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
                return first == UInt8(ascii: "{") ? DirectoryCopy(root: parts.folder) : nil
            }
            return signed.contains(parts.folder) ? DirectoryCopy(root: parts.folder) : nil
        }
    }

    func read(_ graph: inout GraphReader) throws {
        graph.noteMembers()
        guard let manifest = graph.store.other("manifest.json"), let measurement = manifest.measurement else { return }
        graph.draft.add(graph.location(of: measurement.digest, manifest))
        if measurement.looksLikeDocument {
            graph.pending.append(PendingDocument(member: manifest, mediaType: nil, depth: 0))
            try graph.readPending()
        } else {
            graph.draft.warn(.notJSON, manifest.path, measurement.digest, "not JSON: no object begins there")
        }
        for member in graph.store.sortedOthers {
            guard let name = relative(member.path), Self.isSignatureName(member.path) else { continue }
            try graph.readSignatureFile(member, of: Self.signedManifest(name) ?? measurement.digest)
        }
        try graph.readOrphans()
        try graph.extractSignatures()
    }
}

extension GraphReader {
    /// How a signature file of Sigstore begins (containers/image, `signature-protocols`).
    private static let sigstoreMark = Array("\0sigstore-json\n".utf8)

    /// Reads a `signature-N` file beside a copied image.
    mutating func readSignatureFile(_ member: EvidenceMember, of image: Digest) throws {
        guard let measurement = member.measurement else { return }
        draft.add(
            ArtifactRecord(digest: measurement.digest, size: measurement.size, mediaType: nil, role: .signatureManifest)
        )
        draft.add(location(of: measurement.digest, member))
        guard let bytes = try bytes(of: member, limit: limits.payloadBytes) else { return }
        guard bytes.starts(with: Self.sigstoreMark) else {
            readOpenPGP(bytes, measurement.digest, of: image, member.path)
            return
        }
        draft.add(content: bytes, of: measurement.digest)
        guard let json = try? JSONValue(parsing: Array(bytes.dropFirst(Self.sigstoreMark.count))),
            let payload = json["payload"]?.string.flatMap({ Base64.decode($0) })
        else {
            draft.warn(.signaturePayload, member.path, measurement.digest, "the signature holds no payload")
            return
        }
        var annotations: [String: String] = [:]
        for pair in json["annotations"]?.object?.members ?? [] { annotations[pair.name.text] = pair.value.string }
        add(
            LooseSignature(kind: .simpleSigning, payload: payload, annotations: annotations, storage: .signatureFile),
            carrier: measurement.digest,
            position: 0,
            subjects: [image],
            member.path
        )
    }

    /// How a file may announce that it is an OpenPGP message; most do not.
    private static let openPGPMark = Array("\0simple-signing\n".utf8)
    /// What an OpenPGP message begins with: compressed data, a signature, or the announcement of one, in both forms of
    /// packet heads (containers/image tells them by these octets too).
    private static let openPGPHeads: Set<UInt8> = [
        0xA0, 0xA1, 0xA2, 0xA3, 0xC8, 0x90, 0x91, 0x92, 0xC4, 0x88, 0x89, 0x8A, 0x8B, 0xC2,
    ]

    private mutating func readOpenPGP(_ bytes: [UInt8], _ file: Digest, of image: Digest, _ path: [UInt8]) {
        let message = bytes.starts(with: Self.openPGPMark) ? Array(bytes.dropFirst(Self.openPGPMark.count)) : bytes
        guard let head = message.first, Self.openPGPHeads.contains(head) else {
            draft.warn(.signatureUnsupported, path, file, "neither a Sigstore signature nor an OpenPGP message")
            return
        }
        add(
            LooseSignature(kind: .openPGP, payload: message, storage: .signatureFile),
            carrier: file,
            position: 0,
            subjects: [image],
            path
        )
    }

    /// Notes what the signatures of an OpenPGP message say of themselves.
    mutating func note(_ message: OpenPGPMessage, _ record: SignatureRecord) {
        for (position, signature) in message.signatures.enumerated() {
            let signed: [(String, String?)] = [
                ("creation time", signature.createdAt?.description),
                ("issuer fingerprint", signature.issuerFingerprint), ("hash algorithm", signature.hashName),
                ("public key algorithm", signature.publicKeyName),
            ]
            let pointer = "signature packet \(position + 1)"
            for case (let key, let value?) in signed {
                claim(.signedAttribute, key, value, record, pointer: pointer)
            }
            guard let identifier = signature.issuerKeyID else { continue }
            claim(.unsignedAttribute, "issuer key id", identifier, record, pointer: pointer)
        }
    }
}
