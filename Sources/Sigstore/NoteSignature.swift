package import Cryptography

extension Checkpoint {
    /// Whether a line of the note is a key's, and its signature holds.
    package func isSigned(by key: PublicKey) -> Bool {
        signatures.contains { line in
            CheckpointVerification.keyIDs(name: line.name, key: key).contains(line.keyID)
                && key.isValid(signature: line.bytes, for: signedText)
        }
    }
}
