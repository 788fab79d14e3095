import ArgumentParser
internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Signing
internal import StrictJSON

/// Where a predicate comes from.
protocol PredicateSource {
    /// `predicateType`.
    var type: String { get }

    /// What is said of an image.
    func predicate(for image: Digest, named name: String) throws -> JSONValue
}

/// A predicate from a file, the same for every image.
struct FilePredicate: PredicateSource {
    let type: String
    private let content: JSONValue

    init(_ path: String, _ name: String, _ session: Session) throws {
        let kind = PredicateKind(name: name) ?? .custom
        type = kind.uri
        do {
            content = try kind.predicate(try OutputFile.read(path), at: session.now())
        } catch let error as PredicateFileError {
            throw SigningCommandError.notAPredicate(path: path, type: name, error)
        }
    }

    func predicate(for image: Digest, named name: String) -> JSONValue { content }
}

/// What a verification summary says beside the case's verdicts.
struct SummaryOptions: ParsableArguments {
    @OptionGroup var details: VerifierOptions

    @OptionGroup var caseOption: CaseOption

    func validate(isAsked: Bool) throws {
        if isAsked, details.verifierID == nil {
            throw ValidationError("Say who verified: --verifier-id with --vsa.")
        }
        if !isAsked, details.isGiven { throw ValidationError("Give --vsa with the options of a verification summary.") }
    }
}

/// A verification summary (slsa.dev/verification_summary/v1) of what a case holds.
struct SummaryPredicate: PredicateSource {
    let type = SummaryDraft.summaryType
    private let options: SummaryOptions
    private let session: Session

    init(_ options: SummaryOptions, _ session: Session) {
        self.options = options
        self.session = session
    }

    func predicate(for image: Digest, named name: String) throws -> JSONValue {
        let (trace, time) = try options.caseOption.withCase(session) { caseFile in
            guard try caseFile.read({ try $0.images().contains { $0.digest == image } })
            else { throw ImageNameError.unknown(image.description) }
            guard let trace = try Tracer(caseFile: caseFile).read(images: [image]).first
            else { throw ImageNameError.unknown(image.description) }
            return (trace, try caseFile.read { try SummaryDraft.lastVerification($0) })
        }
        let draft = try SummaryDraft(trace, verifiedAt: time)
        return try draft.summary(options.details, resource: name)
    }
}

/// What the verdicts of one image come to in a statement.
struct SummaryDraft {
    /// `predicateType` of a verification summary.
    static let summaryType = "https://slsa.dev/verification_summary/v1"
    /// `predicateType` of a simple verification result.
    static let resultType = "https://in-toto.io/attestation/svr/v0.2"

    private let trace: Trace
    private let policy: String
    private let time: Timestamp
    private let passed: Bool

    /// - Throws: ``SigningCommandError`` when nobody verified the image by an expectation.
    init(_ trace: Trace, verifiedAt time: Timestamp?) throws {
        let verdicts = trace.ownSignatures.compactMap(\.verdict)
        guard let policy = verdicts.first?.policy, let time, verdicts.allSatisfy({ $0.isTrusted != nil })
        else { throw SigningCommandError.notVerified(trace.image) }
        self.trace = trace
        self.policy = policy
        self.time = time
        passed = VerificationCounts([trace]).status == .success
    }

    private var policyDigest: Digest { Digest(hashing: Array(policy.utf8)) }

    private func policyDescriptor(_ uri: String?) -> JSONValue {
        [
            "uri": JSONValue(uri ?? "urn:raireki:expectation:\(policyDigest)"),
            "digest": ["sha256": JSONValue(policyDigest.hex)],
        ]
    }

    /// SLSA's verification summary (slsa.dev/verification_summary/v1).
    ///
    /// - Parameters:
    ///   - details: Who verified, and what else the statement says.
    ///   - name: What was verified, where the details name nothing.
    /// - Returns: The predicate.
    /// - Throws: ``SigningCommandError`` when the resource has no name.
    func summary(_ details: VerifierOptions, resource name: String) throws -> JSONValue {
        let resourceURI = details.resourceURI ?? name
        guard !resourceURI.isEmpty else { throw SigningCommandError.noResource(trace.image) }
        let inputs = trace.ownSignatures.map { signature -> JSONValue in
            [
                "uri": JSONValue("urn:raireki:signature:\(signature.record.id)"),
                "digest": ["sha256": JSONValue(signature.record.payload.hex)],
            ]
        }
        let levels = passed ? details.verifiedLevel : ["FAILED"]
        return [
            "verifier": [
                "id": JSONValue(details.verifierID ?? ""), "version": ["raireki": JSONValue(Raireki.version)],
            ],
            "timeVerified": JSONValue(time.description), "resourceUri": JSONValue(resourceURI),
            "policy": policyDescriptor(details.policyURI), "inputAttestations": .array(inputs),
            "verificationResult": passed ? "PASSED" : "FAILED",
            "verifiedLevels": .array(levels.map { JSONValue($0) }), "slsaVersion": "1.0",
        ]
    }

    /// in-toto's simple verification result: the properties that hold, and none that does not.
    func result(_ details: VerifierOptions) -> JSONValue {
        var properties: [String] = []
        if trace.graph.outcome == .intact { properties.append("RAIREKI_CONTENT_INTACT") }
        let signatures = trace.ownSignatures
        if !signatures.isEmpty, signatures.allSatisfy(\.isAuthentic) {
            properties.append("RAIREKI_ALL_SIGNATURES_AUTHENTIC")
        }
        if signatures.contains(where: { $0.verdict?.isTrusted == true }) {
            properties.append("RAIREKI_SIGNED_AS_EXPECTED")
        }
        if !trace.findings.contains(where: { $0.severity == .error }) { properties.append("RAIREKI_NO_CONTRADICTION") }
        if passed { properties += details.verifiedLevel }
        return [
            "verifier": ["id": JSONValue(details.verifierID ?? ""), "policies": [policyDescriptor(details.policyURI)]],
            "timeCreated": JSONValue(time.description), "properties": .array(properties.map { JSONValue($0) }),
        ]
    }

    /// When the verdicts were made; those by a policy document say nothing of the image as a whole.
    static func lastVerification(_ reader: CaseReader) throws -> Timestamp? {
        let run = try reader.activities().last { ["verify", "investigate"].contains($0.verb) }
        guard let run else { return nil }
        let arguments = (try? JSONValue(parsing: Array(run.arguments.utf8)))?.array?.compactMap(\.string) ?? []
        let usesPolicy = arguments.contains {
            $0.utf8.elementsEqual("--policy".utf8) || $0.utf8.starts(with: "--policy=".utf8)
        }
        if usesPolicy { throw SigningCommandError.verifiedByPolicy }
        return run.startedAt
    }
}
