package import Patterns
package import Sigstore
package import StrictJSON

/// A text, or a pattern or expression that a whole text must match.
package enum TextPattern: Sendable {
    /// Exactly this text.
    case exactly(String)
    /// Whatever the pattern matches, segment by segment.
    case like(SegmentPattern)
    /// Whatever the expression matches as a whole.
    case matching(WholeMatchPattern)

    /// The same for the library.
    package var expectation: TextExpectation {
        switch self {
        case .exactly(let text): .exactly(text)
        case .like(let pattern): .matching(description: "like \(pattern.source)") { pattern.matches($0) }
        case .matching(let pattern):
            .matching(description: "a match of /\(pattern.source)/") { pattern.matches($0) }
        }
    }

    /// As it is recorded.
    package var json: JSONValue {
        switch self {
        case .exactly(let text): ["exactly": JSONValue(text)]
        case .like(let pattern): ["like": JSONValue(pattern.source)]
        case .matching(let pattern): ["matching": JSONValue(pattern.source)]
        }
    }
}
