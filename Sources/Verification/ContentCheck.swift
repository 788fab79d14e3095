internal import CaseIndex
internal import Sigstore

/// Whether the bytes of an image are those that its digest, and so a signature over it, covers.
struct ContentCheck {
    let outcome: CheckOutcomeWord
    let reason: String?
    let detail: String

    init(_ graph: ImageGraph) {
        if let altered = graph.altered.first {
            outcome = .failed
            reason = "image.\(altered.outcome.rawValue)"
            detail = Self.sentence(altered)
        } else if let absent = graph.absent.first {
            outcome = .notPerformed
            reason = "image.\(absent.outcome.rawValue)"
            let more = graph.absent.count > 1 ? " and \(graph.absent.count - 1) more" : ""
            detail = "\(absent.kind.rawValue) \(absent.target)\(more) not in the evidence"
        } else if graph.descriptors.isEmpty {
            outcome = .notPerformed
            reason = "image.missing"
            detail = "the image is not in the evidence"
        } else {
            outcome = .passed
            reason = nil
            detail = "\(graph.descriptors.count) descriptors agree with their bytes"
        }
    }

    private static func sentence(_ altered: RelationshipRecord) -> String {
        let what = "\(altered.kind.rawValue) \(altered.target)"
        switch altered.outcome {
        case .digestMismatch:
            return "\(what) was altered: its bytes are \(altered.observedDigest.map { "\($0)" } ?? "others")"
        case .sizeMismatch:
            let observed = altered.observedSize.map { "\($0)" } ?? "another number"
            return "\(what) has \(observed) bytes, its descriptor says \(altered.size.map { "\($0)" } ?? "none")"
        case .diffIDMismatch:
            let observed = altered.observedDiffID.map { "\($0)" } ?? "other bytes"
            let claimed = altered.claimedDiffID.map { "\($0)" } ?? "others"
            return "\(what) unpacks to \(observed), the configuration says \(claimed)"
        default: return "\(what) has a malformed descriptor"
        }
    }
}
