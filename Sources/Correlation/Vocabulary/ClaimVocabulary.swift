internal import CaseIndex

/// What one claim says of one fact, before it is judged.
struct Reading {
    let fact: Fact
    let value: FactValue
    /// False when certificates have nothing that the value could be compared with.
    let hasCounterpart: Bool

    init(_ fact: Fact, _ value: FactValue, hasCounterpart: Bool = true) {
        self.fact = fact
        self.value = value
        self.hasCounterpart = hasCounterpart
    }
}

/// Translates the words of one family of documents into facts.
protocol ClaimVocabulary: Sendable {
    /// What a claim says; nothing when it does not belong to this vocabulary.
    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading]
}

/// The claims that one document makes, by their keys: some words mean something only beside others.
struct ClaimDocument {
    private let values: [String: String]

    init(_ claims: [ClaimRecord]) {
        values = Dictionary(claims.map { ($0.key, $0.value) }) { first, _ in first }
    }

    /// What the document says under a key.
    subscript(key: String) -> String? {
        values[key]
    }

    /// Whether any key begins so.
    func hasKey(beginning prefix: String) -> Bool {
        values.keys.contains { $0.utf8.starts(with: prefix.utf8) }
    }

    /// What the document says under each key that begins so, by key.
    func values(keysBeginning prefix: String) -> [(key: String, value: String)] {
        values.filter { $0.key.utf8.starts(with: prefix.utf8) }.map { ($0.key, $0.value) }.sorted { $0.key < $1.key }
    }
}

/// Every vocabulary that is known.
enum Vocabularies {
    static let all: [any ClaimVocabulary] = [
        CertificateExtensions(), GitLabAnnotations(), ImageLabels(), SignedPayload(), LogAndTimestamp(),
        SLSAProvenance02(), SLSAProvenance1(), BuildKitProvenance(),
    ]
}
