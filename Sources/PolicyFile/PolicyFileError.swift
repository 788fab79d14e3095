/// Why a policy document cannot be used, and where.
package struct PolicyFileError: Error, Equatable, Sendable {
    /// What is wrong.
    package let problem: Problem
    /// Which part of the document, for example `rules[0].signatures.minimum`; empty for the whole.
    package let path: String
    /// The line, from 1; nil when none can be named.
    package let line: Int?

    package init(_ problem: Problem, path: String = "", line: Int? = nil) {
        self.problem = problem
        self.path = path
        self.line = line
    }

    /// What can be wrong with a policy document.
    package enum Problem: Equatable, Sendable {
        // The document
        case tooLarge(limit: Int)
        case notText
        case notYAML(reason: String)
        case anchor
        case tag(String)
        case severalDocuments
        case empty
        case tooManyNodes(limit: Int)
        case tooDeep(limit: Int)
        // Members
        case unknownKey(String, known: [String])
        case duplicateKey(String)
        case missingKey(String)
        case wrongKind(expected: String)
        case emptyList
        case unsupportedVersion(String)
        case conflict(String, String)
        // Meaning
        case duplicateRule(String)
        case nothingRequired
        case nobodyNamed
        case badPattern(String, reason: String)
        case badDigest(String)
        case identityMissing
        case issuerMissing
        case anybody
        case unknownExtension(String, known: [String])
        case threshold(Int, of: Int)
        case minimumWithoutAlternatives
        case duplicateSigner
        case sameKey(as: String)
        case keyUnusable(file: String, reason: String)
        case notForKeys(String)
        case notForAttestations(String)
        case notForNotary(String)
        case badNotaryIdentity(String)
        case badFingerprint(String)
        case signatureType(String)
    }
}
