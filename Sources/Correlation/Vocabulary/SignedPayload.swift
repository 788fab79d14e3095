internal import CaseIndex
internal import Cryptography

/// What a signed document names as its subject: the digest of a simple-signing payload, the subjects of a statement.
struct SignedPayload: ClaimVocabulary {
    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        switch claim.speaker {
        case .payload
        where claim.key.utf8.elementsEqual("docker-manifest-digest".utf8)
            || claim.key.utf8.elementsEqual("/targetArtifact/digest".utf8)
            || claim.key.beforeSuffix("/docker-manifest-digest") != nil:
            [Reading(.imageDigest, FactValue(claim.value))]
        case .statement, .unsignedStatement: Self.subject(claim, in: document)
        default: []
        }
    }

    /// Of several subjects only the one that is meant is compared; when none is, each of them is.
    private static func subject(_ claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        guard let (_, algorithm) = claim.key.afterPrefix("/subject/")?.splitOnce(at: "/digest/"),
            algorithm == claim.subject.algorithm.rawValue
        else { return [] }
        let isMeant = claim.value.hasSameBytes(as: claim.subject.hex)
        let anyIsMeant = document.values(keysBeginning: "/subject/").contains {
            $0.key.beforeSuffix("/digest/" + algorithm) != nil && $0.value.hasSameBytes(as: claim.subject.hex)
        }
        return isMeant || !anyIsMeant ? [Reading(.imageDigest, FactValue("\(algorithm):\(claim.value)"))] : []
    }
}
