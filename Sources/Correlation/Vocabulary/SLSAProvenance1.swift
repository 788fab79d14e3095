internal import CaseIndex
internal import Cryptography

/// SLSA provenance v1 (slsa.dev/provenance/v1): GitHub's attestations and generators, GitLab's runner, and GitLab's
/// own attestations of a pipeline.
struct SLSAProvenance1: ClaimVocabulary {
    private static let definition = "/predicate/buildDefinition/"
    private static let run = "/predicate/runDetails/"

    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        guard claim.speaker == .statement || claim.speaker == .unsignedStatement,
            !BuildKitProvenance.wrote(document)
        else { return [] }
        if let word = claim.key.afterPrefix(Self.definition + "externalParameters/") {
            if let name = word.afterPrefix("variables/") { return GitLabVariables.readings(name, claim.value) }
            return Self.external(word, claim.value, document)
        }
        if let word = claim.key.afterPrefix(Self.definition + "internalParameters/") {
            return Self.internalParameter(word, claim.value, document)
        }
        if let word = claim.key.afterPrefix(Self.definition + "resolvedDependencies/") {
            return Self.dependency(word, claim.value, document)
        }
        return claim.key.afterPrefix(Self.run).map { Self.details($0, claim.value, document) } ?? []
    }

    private static func external(_ word: String, _ value: String, _ document: ClaimDocument) -> [Reading] {
        switch word {
        case "workflow/ref": [Reading(.ref, .ref(value))]
        case "workflow/repository": [Reading(.project, .project(value))]
        case "workflow/path": [Reading(.workflow, FactValue(value))]
        case "source", "source/uri": SourceAddress.readings(value)
        case "source/digest/gitCommit", "source/digest/sha1": [Reading(.commit, FactValue(value))]
        case "entryPoint":
            [Reading(.workflow, BuilderIdentity.entryPoint(value, document[run + "builder/id"]))]
        default: []
        }
    }

    private static func internalParameter(
        _ word: String,
        _ value: String,
        _ document: ClaimDocument
    ) -> [Reading] {
        switch word {
        case "github/event_name": [Reading(.trigger, FactValue(value))]
        case "github/repository_id": [Reading(.project, FactValue(value, aspect: .identifier))]
        case "github/runner_environment": [Reading(.runner, FactValue(value, aspect: .environment))]
        case "job": value.isDecimal ? [Reading(.job, FactValue(value))] : []
        case "name":
            isRunner(document) ? [Reading(.runner, FactValue(value, aspect: .name), hasCounterpart: false)] : []
        default: GitHubEnvironment.reading(word, value)
        }
    }

    private static func details(_ word: String, _ value: String, _ document: ClaimDocument) -> [Reading] {
        switch word {
        case "builder/id": BuilderIdentity.readings(value)
        case "metadata/invocationId" where value.isDecimal && isRunner(document),
            "metadata/invocationID" where value.isDecimal && isRunner(document):
            [Reading(.job, FactValue(value))]
        case "metadata/invocationId": GitHubEnvironment.invocation(value)
        case "metadata/startedOn", "metadata/finishedOn": TimeReading.build(value)
        default: []
        }
    }

    private static func isRunner(_ document: ClaimDocument) -> Bool {
        BuilderIdentity.isRunner(document[run + "builder/id"])
    }
}

// MARK: - Dependencies

extension SLSAProvenance1 {
    /// Dependencies are images, files and repositories; only the repository that was built says which commit it was.
    private static func dependency(_ word: String, _ value: String, _ document: ClaimDocument) -> [Reading] {
        guard let (number, member) = word.splitOnce(at: "/"), isSource(number, document) else { return [] }
        switch member {
        case "uri": return SourceAddress.readings(value)
        case "digest/gitCommit", "digest/sha1": return [Reading(.commit, FactValue(value))]
        // GitLab's runner writes a Git commit of 40 digits under the name of another algorithm.
        case "digest/sha256": return value.utf8.count == 40 ? [Reading(.commit, FactValue(value))] : []
        default: return []
        }
    }

    /// Whether a dependency is the repository that the external parameters name.
    private static func isSource(_ number: String, _ document: ClaimDocument) -> Bool {
        let parameters = definition + "externalParameters/"
        let stated = ["workflow/repository", "source", "source/uri"].lazy
            .compactMap { document[parameters + $0] }
            .compactMap(RepositoryLocation.init).first
        let address = document[definition + "resolvedDependencies/\(number)/uri"].flatMap(RepositoryLocation.init)
        guard let stated, let address else { return false }
        return stated.host.hasSameBytes(as: address.host) && stated.path.hasSameBytes(as: address.path)
    }
}
