package import Cryptography

/// Why a page cannot be shown.
package enum BrowseError: Error, Equatable {
    /// The address is no path of ours.
    case malformedAddress
    /// There is no such page.
    case noSuchPage
    /// The case holds no such thing; what it was, and the text that named it.
    case noSuchRecord(kind: String, text: String)
    /// Several images fit.
    case ambiguous(text: String, candidates: [Digest])
    /// A parameter cannot be used; what it ought to be.
    case badParameter(name: String, reason: String)
    /// The answer is being gathered; what it is.
    case beingGathered(String)

    /// The status of the answer (RFC 9110, section 15.5).
    package var status: Int {
        switch self {
        case .malformedAddress, .badParameter: 400
        case .noSuchPage, .noSuchRecord: 404
        case .ambiguous: 300
        case .beingGathered: 503
        }
    }

    /// A stable word for programs.
    package var code: String {
        switch self {
        case .malformedAddress: "malformed-address"
        case .noSuchPage: "no-such-page"
        case .noSuchRecord: "no-such-record"
        case .ambiguous: "ambiguous"
        case .badParameter: "bad-parameter"
        case .beingGathered: "being-gathered"
        }
    }

    /// What is wrong, for people; what the request says is not escaped.
    var words: String {
        switch self {
        case .malformedAddress: "This address cannot be read."
        case .noSuchPage: "There is no such page."
        case .noSuchRecord(let kind, let text): "The case holds no \(kind) like this: \(text)"
        case .ambiguous(let text, _): "Several images fit: \(text)"
        case .badParameter(let name, let reason): "The parameter \(name) cannot be used; it may be \(reason)."
        case .beingGathered(let answer): "\(answer) is being gathered from the whole case; load this page again."
        }
    }

    /// Headers that the answer has beside those of every answer: when to ask again (RFC 9110, section 10.2.3), which
    /// browsers then do by themselves (HTML, "Refresh").
    var headers: [PageAnswer.Header] {
        guard case .beingGathered = self else { return [] }
        return [PageAnswer.Header(name: "retry-after", value: "2"), PageAnswer.Header(name: "refresh", value: "2")]
    }
}
