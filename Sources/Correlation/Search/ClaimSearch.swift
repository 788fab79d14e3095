internal import CaseIndex
internal import Cryptography

/// Finds the claims that state a value of a fact, in whatever form documents write it.
final class ClaimSearch {
    private let reader: CaseReader
    private lazy var keys = Result { try reader.claimKeys() }
    private var prefixes: [Fact: AddressPrefixes] = [:]
    private var signatures: [String: TracedSignature] = [:]

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
    ///   - project: For a number, the project in which it counts, as `host/path`, `path` or neither.
    ///   - isBeginning: Whether longer values are meant too.
    /// - Returns: The claims, in the order of import.
    /// - Throws: ``CaseError``.
    func candidates(_ fact: Fact, _ text: String, project: String? = nil, isBeginning: Bool = false) throws
        -> [ClaimRecord]
    {
        var found: [Int64: ClaimRecord] = [:]
        func add(_ claims: [ClaimRecord]) {
            for claim in claims { found[claim.id] = claim }
        }
        // Numbers may be followed by that of an attempt, `12-1`, or by more of an address.
        let end = isBeginning ? "g" : text.isDecimal ? "0" : "\u{1}"
        for key in try keys.get() where Self.mayState(fact, key) {
            add(try reader.claims(key: key, from: text, before: text + end))
        }
        for (key, prefixes) in try addresses(fact) {
            for prefix in prefixes where Self.isOf(project, prefix) {
                add(try reader.claims(key: key, from: prefix + text, before: prefix + text + end))
            }
        }
        return found.values.sorted { $0.id < $1.id }
    }

    private func addresses(_ fact: Fact) throws -> [(key: String, prefixes: [String])] {
        if let known = prefixes[fact] { return known.keys }
        guard let form = AddressForm.form(of: fact) else { return [] }
        let found = try AddressPrefixes(form, keys: try keys.get(), reader)
        prefixes[fact] = found
        return found.keys
    }

    /// Times and digests of content are never what is looked for.
    private static func mayState(_ fact: Fact, _ key: String) -> Bool {
        !["/created", "integratedTime", "genTime", "docker-manifest-digest", "docker-reference"].contains {
            key.hasSameBytes(as: $0)
        }
    }

    private static func isOf(_ project: String?, _ prefix: String) -> Bool {
        guard let project else { return true }
        return prefix.splitOnce(at: "/\(project)/") != nil
    }

    // MARK: - What they say

    /// What a claim says of a fact, read in its document.
    func read(_ claim: ClaimRecord, _ fact: Fact) throws -> [Found] {
        let document = ClaimDocument(
            try reader.claims(about: claim.subject, signature: claim.signatureID).filter {
                $0.speaker == claim.speaker && $0.readFrom == claim.readFrom
            }
        )
        let readings = Vocabularies.all.flatMap { $0.readings(of: claim, in: document) }.filter { $0.fact == fact }
        guard !readings.isEmpty else { return [] }
        let basis = try basis(of: claim)
        return readings.map { Found(claim: claim, value: $0.value, basis: basis) }
    }

    /// What a claim rests on.
    func basis(of claim: ClaimRecord) throws -> Basis {
        guard let id = claim.signatureID else {
            return claim.speaker.basisWhenAuthentic == .unsigned ? .unsigned : .unverified
        }
        return try signature(id)?.basis(of: claim) ?? .unverified
    }

    /// A signature with its verdict, read once.
    func signature(_ id: String) throws -> TracedSignature? {
        if let known = signatures[id] { return known }
        guard let record = try reader.signature(id) else { return nil }
        let signature = try TracedSignature(record, reader)
        signatures[id] = signature
        return signature
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
