internal import CaseIndex

/// Provenance that BuildKit writes beside an image without signing it; its entry point is a Dockerfile.
struct BuildKitProvenance: ClaimVocabulary {
    /// Whether BuildKit wrote the document.
    static func wrote(_ document: ClaimDocument) -> Bool {
        let types = [document["/predicate/buildType"], document["/predicate/buildDefinition/buildType"]]
        return types.contains { type in
            type?.afterPrefix("https://mobyproject.org/buildkit@") != nil
                || type?.afterPrefix("https://github.com/moby/buildkit/") != nil
        }
    }

    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        guard claim.speaker == .statement || claim.speaker == .unsignedStatement, Self.wrote(document)
        else { return [] }
        switch claim.key {
        case "/predicate/invocation/configSource/uri",
            "/predicate/buildDefinition/externalParameters/configSource/uri":
            return Self.source(claim.value)
        case "/predicate/invocation/configSource/digest/sha1",
            "/predicate/buildDefinition/externalParameters/configSource/digest/sha1":
            return [Reading(.commit, FactValue(claim.value))]
        case "/predicate/metadata/buildStartedOn", "/predicate/metadata/buildFinishedOn",
            "/predicate/runDetails/metadata/startedOn", "/predicate/runDetails/metadata/finishedOn":
            return TimeReading.build(claim.value)
        default: return []
        }
    }

    /// `https://host/project.git#commit-or-ref`.
    private static func source(_ text: String) -> [Reading] {
        guard let location = RepositoryLocation(text) else { return [] }
        let project = Reading(.project, location.project)
        guard let fragment = location.fragment else { return [project] }
        let value = fragment.splitOnce(at: ":")?.before ?? fragment
        return value.isCommitName
            ? [project, Reading(.commit, FactValue(value))] : [project, Reading(.ref, .ref(value))]
    }
}
