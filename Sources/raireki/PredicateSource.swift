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
    @Option(help: ArgumentHelp("Who verified, a URI.", valueName: "uri")) var verifierID: String?

    @Option(
        help: ArgumentHelp("What was verified, a URI (default: the subject's name).", valueName: "uri")
    )
    var resourceURI: String?

    @Option(
        help: ArgumentHelp(
            "Where the expectation is written down, a URI (default: one that is made of its digest).",
            valueName: "uri"
        )
    )
    var policyURI: String?

    @Option(
        help: ArgumentHelp(
            "A level of SLSA that you vouch for when the result is PASSED; may be repeated.",
            valueName: "level"
        )
    )
    var verifiedLevel: [String] = []

    @OptionGroup var caseOption: CaseOption

    func validate(isAsked: Bool) throws {
        if isAsked, verifierID == nil { throw ValidationError("Say who verified: --verifier-id with --vsa.") }
        let isGiven = verifierID != nil || resourceURI != nil || policyURI != nil || !verifiedLevel.isEmpty
        if !isAsked, isGiven { throw ValidationError("Give --vsa with the options of a verification summary.") }
    }
}

/// A verification summary (slsa.dev/verification_summary/v1) of what a case holds.
struct SummaryPredicate: PredicateSource {
    let type = "https://slsa.dev/verification_summary/v1"
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
            return (trace, try caseFile.read { try lastVerification($0) })
        }
        let verdicts = trace.ownSignatures.compactMap(\.verdict)
        guard let policy = verdicts.first?.policy, let time, verdicts.allSatisfy({ $0.isTrusted != nil })
        else { throw SigningCommandError.notVerified(image) }
        let passed = VerificationCounts([trace]).status == .success
        let digest = Digest(hashing: Array(policy.utf8))
        let resource = options.resourceURI ?? name
        guard !resource.isEmpty else { throw SigningCommandError.noResource(image) }
        let inputs = trace.ownSignatures.map { signature -> JSONValue in
            [
                "uri": JSONValue("urn:raireki:signature:\(signature.record.id)"),
                "digest": ["sha256": JSONValue(signature.record.payload.hex)],
            ]
        }
        let levels = passed ? options.verifiedLevel : ["FAILED"]
        return [
            "verifier": [
                "id": JSONValue(options.verifierID ?? ""), "version": ["raireki": JSONValue(Raireki.version)],
            ],
            "timeVerified": JSONValue(time.description), "resourceUri": JSONValue(resource),
            "policy": [
                "uri": JSONValue(options.policyURI ?? "urn:raireki:expectation:\(digest)"),
                "digest": ["sha256": JSONValue(digest.hex)],
            ],
            "inputAttestations": .array(inputs), "verificationResult": passed ? "PASSED" : "FAILED",
            "verifiedLevels": .array(levels.map { JSONValue($0) }), "slsaVersion": "1.0",
        ]
    }

    /// When the verdicts were made; those by a policy document say nothing of the image as a whole.
    private func lastVerification(_ reader: CaseReader) throws -> Timestamp? {
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
