internal import CaseIndex
internal import Cryptography

/// Finds the claims that state a value of a fact, in whatever form documents write it.
final class ClaimSearch {
    private let reader: CaseReader
    private lazy var keys = Result { try reader.claimKeys() }
    private var prefixes: [KeyOfFact: [String]] = [:]
    private var schemes: [String: [String]] = [:]
    private var signatures: [String: TracedSignature] = [:]
    private var documents: [DocumentName: ClaimDocument] = [:]
    private var contents: [DocumentName: [ClaimRecord]] = [:]
    private var projects: [DocumentName: String] = [:]

    init(_ reader: CaseReader) {
        self.reader = reader
    }

    /// A claim with what it says and what that rests on.
    struct Found {
        let claim: ClaimRecord
        let value: FactValue
        let basis: Basis
    }

    // MARK: - Candidates

    /// The claims that may state a value: whoever calls reads them with the vocabularies.
    ///
    /// - Parameters:
    ///   - fact: What the value is of.
    ///   - text: The value: a number, a name, or the beginning of a commit.
    ///   - isBeginning: Whether longer values are meant too.
    /// - Returns: The claims, in the order of import.
    /// - Throws: ``CaseError``.
    func candidates(_ fact: Fact, _ text: String, isBeginning: Bool = false) throws -> [ClaimRecord] {
        let end = isBeginning ? "g" : text.isDecimal ? Self.afterNumber : Self.afterText
        return try candidates(fact, end) { key in
            try [text] + prefixes(fact, key).map { $0 + text }
        }
    }

    /// The claims that may name one of the jobs or runs that a service recorded.
    func candidates(_ fact: Fact, _ runs: [RunMention]) throws -> [ClaimRecord] {
        guard !runs.isEmpty, let form = AddressForm.form(of: fact) else { return [] }
        let numbers = Set(runs.map(\.number)).sorted()
        return try candidates(fact, Self.afterNumber) { key in
            guard form.hasKey(key) else { return numbers }
            let schemes = try schemes(key)
            // Where the service says which project it is, its address is known; else it may be any.
            let addresses = try runs.flatMap { run -> [String] in
                guard let server = run.server, let project = run.project else {
                    return try prefixes(fact, key).map { $0 + run.number }
                }
                return schemes.flatMap { scheme in
                    form.markers.map { "\(scheme)\(server)/\(project)\($0)\(run.number)" }
                }
            }
            return numbers + addresses
        }
    }

    /// Numbers may be followed by that of an attempt, `12-1`, or by more of an address; texts by nothing.
    private static let afterNumber = "0"
    private static let afterText = "\u{1}"

    private func candidates(
        _ fact: Fact,
        _ end: String,
        _ texts: (String) throws -> [String]
    ) throws -> [ClaimRecord] {
        var found: [Int64: ClaimRecord] = [:]
        for key in try keys.get() where Self.mayState(fact, key) {
            let wanted = try texts(key)
            let claims =
                wanted.count == 1
                ? try reader.claims(key: key, from: wanted[0], before: wanted[0] + end)
                : try reader.claims(key: key, beginnings: wanted, before: end)
            for claim in claims { found[claim.id] = claim }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    /// Every beginning of an address under a key, in the order of their bytes: one for each project and kind of address.
    ///
    /// Goes from one beginning to the next, without looking at what lies between.
    private func prefixes(_ fact: Fact, _ key: String) throws -> [String] {
        guard let form = AddressForm.form(of: fact), form.hasKey(key) else { return [] }
        let name = KeyOfFact(fact: fact, key: key)
        if let known = prefixes[name] { return known }
        let found = try reader.addresses(key: key, markers: form.steps).compactMap { form.prefix(of: $0) }
        prefixes[name] = found
        return found
    }

    /// How the addresses under a key begin.
    private func schemes(_ key: String) throws -> [String] {
        if let known = schemes[key] { return known }
        let found = try ["https://", "http://"].filter { try reader.hasClaims(key: key, beginning: $0) }
        schemes[key] = found
        return found
    }

    /// Times and digests of content are never what is looked for, and numbers of jobs and runs stand under few keys.
    private static func mayState(_ fact: Fact, _ key: String) -> Bool {
        if fact == .job || fact == .pipeline { return AddressForm.isRunKey(key) }
        return !["/created", "integratedTime", "genTime", "docker-manifest-digest", "docker-reference"].contains {
            key.hasSameBytes(as: $0)
        }
    }

    // MARK: - What they say

    /// What claims say of a fact, each read in its document.
    func read(_ claims: [ClaimRecord], _ fact: Fact) throws -> [Found] {
        try prepare(claims.compactMap(\.signatureID))
        return try claims.flatMap { claim in
            let readings = try readings(of: claim).filter { $0.fact == fact }
            return try readings.isEmpty
                ? [] : readings.map { Found(claim: claim, value: $0.value, basis: try basis(of: claim)) }
        }
    }

    private func readings(of claim: ClaimRecord) throws -> [Reading] {
        let document = try document(of: claim)
        return Vocabularies.all.flatMap { $0.readings(of: claim, in: document) }
    }

    /// The document that a claim stands in; only words of statements mean something beside others alone.
    private func document(of claim: ClaimRecord) throws -> ClaimDocument {
        guard claim.speaker == .statement || claim.speaker == .unsignedStatement else {
            return ClaimDocument([claim])
        }
        let key = DocumentName(claim)
        if let known = documents[key] { return known }
        let document = ClaimDocument(try beside(claim))
        documents[key] = document
        return document
    }

    /// Everything that the document of a claim says.
    private func beside(_ claim: ClaimRecord) throws -> [ClaimRecord] {
        let key = DocumentName(claim)
        if let known = contents[key] { return known }
        let own = try reader.claims(about: claim.subject, signature: claim.signatureID, from: claim.speaker)
        let found = own.filter { $0.readFrom == claim.readFrom }
        contents[key] = found
        return found
    }

    /// The project that the document of a claim names, as `host/path` or a path.
    func project(of claim: ClaimRecord) throws -> String? {
        let key = DocumentName(claim)
        if let known = projects[key] { return known.isEmpty ? nil : known }
        var found: String?
        for other in try beside(claim) where found == nil {
            let value = try readings(of: other).first { $0.fact == .project && $0.value.aspect == .itself }?.value
            found = value.map { value in value.scope.map { "\($0)/\(value.normal)" } ?? value.normal }
        }
        projects[key] = found ?? ""
        return found
    }

    /// What a claim rests on.
    func basis(of claim: ClaimRecord) throws -> Basis {
        guard let id = claim.signatureID else {
            return claim.speaker.basisWhenAuthentic == .unsigned ? .unsigned : .unverified
        }
        return try signature(id)?.basis(of: claim) ?? .unverified
    }

    // MARK: - Signatures

    /// Reads signatures with their verdicts, all at once; whoever asks for many calls this first.
    func prepare(_ ids: [String]) throws {
        let unknown = Set(ids).filter { signatures[$0] == nil }.sorted()
        guard !unknown.isEmpty else { return }
        let judged = try reader.judgedSignatures(unknown, passing: TracedSignature.decisiveChecks)
        for signature in judged { signatures[signature.record.id] = TracedSignature(signature) }
    }

    /// A signature with its verdict and the checks that decide what it is worth.
    func signature(_ id: String) throws -> TracedSignature? {
        try prepare([id])
        return signatures[id]
    }
}

/// A key under which documents may state a fact.
private struct KeyOfFact: Hashable {
    let fact: Fact
    let key: String
}

/// Which document a claim was read from.
private struct DocumentName: Hashable {
    let subject: Digest
    let speaker: Speaker
    let signatureID: String?
    let readFrom: Digest

    init(_ claim: ClaimRecord) {
        (subject, readFrom) = (claim.subject, claim.readFrom)
        (speaker, signatureID) = (claim.speaker, claim.signatureID)
    }
}

extension Speaker {
    /// The kind of document, for people.
    var words: String {
        switch self {
        case .certificate: "certificate"
        case .signedAnnotation: "signed annotation"
        case .statement: "signed statement"
        case .unsignedStatement: "unsigned statement"
        case .label: "unsigned label"
        case .configuration: "unsigned configuration"
        case .manifestAnnotation: "unsigned annotation"
        case .carrierAnnotation: "unsigned annotation of the signature"
        case .logEntry: "log entry"
        case .timestamp: "timestamp"
        case .payload: "signed payload"
        case .signedAttribute: "signed attribute"
        case .unsignedAttribute: "unsigned attribute"
        }
    }
}
