internal import CaseIndex
internal import Cryptography
internal import Presentation
internal import StrictJSON

/// What verify was told to expect of a signature, as it is recorded with the verdict.
struct RecordedExpectation: Sendable {
    /// The identity that was expected.
    let identity: Text?
    /// The issuer that was expected.
    let issuer: Text?
    /// The keys of the annotations that were expected.
    let annotations: [String]

    /// A text, or what texts must match.
    enum Text: Sendable {
        case exactly(String)
        case like(String)
        case matching(String)

        init?(_ json: JSONValue?) {
            if let text = json?["exactly"]?.string {
                self = .exactly(text)
            } else if let text = json?["like"]?.string {
                self = .like(text)
            } else if let text = json?["matching"]?.string {
                self = .matching(text)
            } else {
                return nil
            }
        }
    }

    /// Reads the policy of a verdict; nil when nothing was expected that concerns a certificate or annotations.
    init?(policy: String) {
        guard policy.utf8.count > 40, let json = try? JSONValue(parsing: Array(policy.utf8)),
            let expectation = json["expectation"]
        else { return nil }
        identity = Text(expectation["certificateIdentity"])
        issuer = Text(expectation["certificateOIDCIssuer"])
        annotations = expectation["annotations"]?.array?.compactMap { $0["key"]?.string } ?? []
        guard identity != nil || issuer != nil || !annotations.isEmpty else { return nil }
    }
}

// MARK: - Weakness

extension RecordedExpectation {
    /// Why more than one signer meets it, in a sentence; nil when only one does.
    var weakness: String? {
        if let text = identity, let why = text.weakness { return "the expected identity \(why)" }
        if let text = issuer, let why = text.weakness { return "the expected issuer \(why)" }
        return identity != nil && issuer == nil ? "an identity is expected of any issuer" : nil
    }
}

extension RecordedExpectation.Text {
    fileprivate var weakness: String? {
        switch self {
        case .exactly: nil
        case .like(let pattern):
            pattern.hasSameBytes(as: "*") || pattern.hasSameBytes(as: "**") ? "is any at all" : nil
        case .matching(let source): Self.weakness(of: source)
        }
    }

    private static func weakness(of source: String) -> String? {
        let shown = "/\(EscapedText(source, limit: 200))/"
        let inner = source.afterPrefix("^") ?? source
        let body = inner.beforeSuffix("$") ?? inner
        if body.afterPrefix(".*") != nil || body.afterPrefix(".+") != nil { return "\(shown) begins with anything" }
        let isClosed = source.afterPrefix("^") != nil && inner.beforeSuffix("$") != nil
        return isClosed ? nil : "\(shown) is not closed by ^ and $, and cosign looks for it anywhere"
    }
}

// MARK: - Near misses

extension RuleSubject {
    /// The authentic signatures that are not as expected, where one exact identity was expected and the two fit `test`.
    func nearMisses(
        _ test: (SignerName, SignerName) -> Bool
    ) -> [(signature: TracedSignature, expected: String, actual: String)] {
        authentic.compactMap { signature in
            guard signature.verdict?.isTrusted == false, let actual = signature.verdict?.identity,
                case .exactly(let expected)? = signature.expectation?.identity, !expected.hasSameBytes(as: actual),
                test(SignerName(expected), SignerName(actual))
            else { return nil }
            return (signature, expected, actual)
        }
    }
}

/// The name of a build configuration as a certificate gives it, taken apart: `scheme://place//file@reference`.
struct SignerName {
    private let scheme: String
    private let place: String
    private let file: String
    private let reference: String

    init(_ text: String) {
        let (scheme, rest) = text.splitOnce(at: "://") ?? ("", text)
        let (path, reference) = rest.splitOnce(at: "@") ?? (rest, "")
        let (place, file) = path.splitOnce(at: "//") ?? (path, "")
        (self.scheme, self.place, self.file, self.reference) = (scheme, place, file, reference)
    }

    /// Everything but the reference, with single slashes.
    private var folded: [UInt8] {
        var result: [UInt8] = []
        for byte in "\(scheme)/\(place)/\(file)".utf8 where byte != UInt8(ascii: "/") || result.last != byte {
            result.append(byte)
        }
        while result.last == UInt8(ascii: "/") { result.removeLast() }
        return result
    }

    private var bareReference: String? {
        reference.afterPrefix("refs/heads/") ?? reference.afterPrefix("refs/tags/")
    }

    func differsInReferenceKind(from other: SignerName) -> Bool {
        guard let bareReference, let theirs = other.bareReference, bareReference.hasSameBytes(as: theirs),
            !reference.hasSameBytes(as: other.reference)
        else { return false }
        return scheme.hasSameBytes(as: other.scheme) && place.hasSameBytes(as: other.place)
            && file.hasSameBytes(as: other.file)
    }

    func differsInSlashes(from other: SignerName) -> Bool {
        reference.hasSameBytes(as: other.reference) && folded == other.folded
    }

    func differsInFile(from other: SignerName) -> Bool {
        !file.isEmpty && !other.file.isEmpty && !file.hasSameBytes(as: other.file)
            && scheme.hasSameBytes(as: other.scheme) && place.hasSameBytes(as: other.place)
            && reference.hasSameBytes(as: other.reference)
    }
}
