internal import CaseIndex
internal import Cryptography

/// Telling attestations from plain signatures.
enum PredicateType {
    /// The predicate type under which cosign 3 stores a plain signature as a statement.
    private static let plainSignature = "https://sigstore.dev/cosign/sign/v1"

    /// Whether a statement of this type attests something beyond "I sign this".
    static func isAttestation(_ type: String?) -> Bool {
        type.map { !$0.hasSameBytes(as: plainSignature) } ?? false
    }
}

extension SignedOrigin {
    /// Whether it attests something beyond "I sign this".
    var isAttestation: Bool { PredicateType.isAttestation(predicateType) }
}

extension TracedSignature {
    /// Whether it attests something beyond "I sign this".
    var isAttestation: Bool { PredicateType.isAttestation(record.predicateType) }
}
