internal import CaseIndex
internal import Cryptography

/// SLSA provenance v0.2 (slsa.dev/provenance/v0.2) as the generators for GitHub and older GitLab runners fill it.
struct SLSAProvenance02: ClaimVocabulary {
    private static let invocation = "/predicate/invocation/"

    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        guard claim.speaker == .statement || claim.speaker == .unsignedStatement,
            !BuildKitProvenance.wrote(document), document.hasKey(beginning: Self.invocation)
        else { return [] }
        if let word = claim.key.afterPrefix(Self.invocation + "environment/") {
            if BuilderIdentity.isRunner(document["/predicate/builder/id"]) {
                return GitLabVariables.surroundings(word, claim.value)
            }
            return GitHubEnvironment.reading(word, claim.value)
        }
        if let word = claim.key.afterPrefix(Self.invocation + "parameters/") {
            return GitLabVariables.readings(word, claim.value)
        }
        if let word = claim.key.afterPrefix(Self.invocation + "configSource/") {
            return Self.configSource(word, claim.value, document)
        }
        switch claim.key {
        case "/predicate/builder/id": return BuilderIdentity.readings(claim.value)
        case "/predicate/metadata/buildInvocationID", "/predicate/metadata/buildInvocationId":
            return GitHubEnvironment.invocation(claim.value)
        // GitLab's older runner keeps the metadata beside the predicate.
        case "/predicate/metadata/buildStartedOn", "/predicate/metadata/buildFinishedOn", "/metadata/buildStartedOn",
            "/metadata/buildFinishedOn":
            return TimeReading.build(claim.value)
        default: return []
        }
    }

    private static func configSource(_ word: String, _ value: String, _ document: ClaimDocument) -> [Reading] {
        switch word {
        case "uri": SourceAddress.readings(value)
        case "digest/sha1", "digest/gitCommit": [Reading(.commit, FactValue(value))]
        // GitLab's runner writes a Git commit of 40 digits under the name of another algorithm.
        case "digest/sha256": value.utf8.count == 40 ? [Reading(.commit, FactValue(value))] : []
        case "entryPoint": [Reading(.workflow, BuilderIdentity.entryPoint(value, document["/predicate/builder/id"]))]
        default: []
        }
    }
}

/// The address of the sources of a build.
enum SourceAddress {
    /// `[git+]https://host/project[@ref]`: the project, and the ref when it is there.
    static func readings(_ text: String) -> [Reading] {
        guard let location = RepositoryLocation(text) else { return [] }
        let project = Reading(.project, location.project)
        guard let ref = location.ref else { return [project] }
        return ref.isCommitName ? [project, Reading(.commit, FactValue(ref))] : [project, Reading(.ref, .ref(ref))]
    }
}

/// The builder that a provenance names.
enum BuilderIdentity {
    private static let runnerMarker = "/-/runners/"

    /// A runner (GitLab) or the configuration that built (GitHub).
    static func readings(_ text: String) -> [Reading] {
        if let runner = FactValue.numbered(text, marker: runnerMarker), !text.isDecimal {
            return [Reading(.runner, runner, hasCounterpart: false)]
        }
        guard RepositoryLocation(text)?.ref != nil else { return [] }
        return [Reading(.workflow, .workflow(text, aspect: .builder))]
    }

    /// Whether a builder is a runner.
    static func isRunner(_ builder: String?) -> Bool {
        builder?.splitOnce(at: runnerMarker) != nil
    }

    /// The entry point of a runner is the name of a job; elsewhere it is a file.
    static func entryPoint(_ text: String, _ builder: String?) -> FactValue {
        FactValue(text, aspect: isRunner(builder) ? .entryPoint : .itself)
    }
}
