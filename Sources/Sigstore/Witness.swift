public import Cryptography

/// A witness of transparency logs: somebody who saw that a log only grows, and cosigns its checkpoints
/// (C2SP `tlog-cosignature`).
public struct Witness: Hashable, Sendable {
    /// Its name, which stands in its signature lines.
    public let name: String
    /// Its key, Ed25519.
    public let key: PublicKey

    /// The signature type of timestamped Ed25519 cosignatures (C2SP `signed-note`).
    private static let signatureType: UInt8 = 0x04

    /// Reads a verifier key: `<name>+<key id>+<base64 of type and key>` (C2SP `signed-note`, "Verifier keys").
    ///
    /// - Throws: ``FormatError`` when the text has another form, the key id is not the key's, or the key is not one for
    ///   cosignatures.
    public init(verifierKey text: String) throws(FormatError) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, !parts[0].isEmpty, !parts[0].utf8.contains(0x20) else {
            throw .malformed(path: "witness", expected: "name+id+key")
        }
        guard let bytes = Base64.decode(parts[2]), bytes.count == 33, bytes[0] == Self.signatureType else {
            throw .malformed(path: "witness.key", expected: "a key for cosignatures (type 4)")
        }
        name = parts[0]
        let key = try? PublicKey(subjectPublicKeyInfo: Self.prefix + bytes.dropFirst())
        guard let key else { throw .malformed(path: "witness.key", expected: "an Ed25519 key") }
        self.key = key
        guard Hexadecimal.encode(keyID).hasSameBytes(as: parts[1]) else {
            throw .malformed(path: "witness.id", expected: Hexadecimal.encode(keyID))
        }
    }

    /// SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410 §4).
    private static let prefix: [UInt8] = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00]

    /// The four bytes that tell this key from others of the name.
    public var keyID: [UInt8] {
        let input = Array(name.utf8) + [0x0A, Self.signatureType] + key.subjectPublicKeyInfo.suffix(32)
        return Array(Digest(hashing: input).bytes.prefix(4))
    }

    /// The time that a cosignature of this witness states; nil when it does not hold over the checkpoint.
    func time(of signature: Checkpoint.Signature, on checkpoint: Checkpoint) -> Timestamp? {
        guard signature.bytes.count == 8 + 64 else { return nil }
        let seconds = signature.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        guard let seconds = Int64(exactly: seconds) else { return nil }
        let message = Array("cosignature/v1\ntime \(seconds)\n".utf8) + checkpoint.signedText
        guard key.isValid(signature: Array(signature.bytes.dropFirst(8)), for: message) else { return nil }
        return Timestamp(seconds: seconds)
    }
}

/// What the witnesses that are known say of one proven entry.
struct WitnessCheck {
    /// Failed when a known witness's line does not hold.
    let outcome: CheckOutcome
    /// Those that cosigned the checkpoint.
    let cosigners: [Witness]

    init(_ entry: TransparencyLogEntry, witnesses: [Witness]) {
        var cosigners: [Witness] = []
        var times: [String] = []
        guard let text = entry.inclusionProof?.checkpoint, let checkpoint = try? Checkpoint(parsing: text) else {
            outcome = .notApplicable("there is no checkpoint to cosign")
            self.cosigners = []
            return
        }
        for line in checkpoint.signatures {
            let named = witnesses.first { $0.name.hasSameBytes(as: line.name) && $0.keyID == line.keyID }
            guard let witness = named else { continue }
            guard let time = witness.time(of: line, on: checkpoint) else {
                outcome = .failed(.witnessSignature, "the witness \(witness.name) did not cosign this checkpoint")
                self.cosigners = []
                return
            }
            guard !cosigners.contains(witness) else { continue }
            cosigners.append(witness)
            times.append("\(witness.name) at \(time)")
        }
        self.cosigners = cosigners
        outcome =
            times.isEmpty
            ? .notApplicable("no known witness cosigned the checkpoint")
            : .passed("cosigned by \(times.joined(separator: ", "))")
    }
}
