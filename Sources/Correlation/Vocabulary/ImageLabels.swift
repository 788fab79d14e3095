internal import CaseIndex

/// The annotations that the OCI image specification names in advance (annotations.md), the label schema before them,
/// and the creation time of a configuration.
struct ImageLabels: ClaimVocabulary {
    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        if claim.speaker == .configuration, claim.key == "/created" { return TimeReading.build(claim.value) }
        guard claim.speaker.writesAnnotations, !claim.value.isEmpty else { return [] }
        switch claim.key {
        case "org.opencontainers.image.revision", "org.label-schema.vcs-ref":
            return [Reading(.commit, FactValue(claim.value))]
        case "org.opencontainers.image.source", "org.label-schema.vcs-url":
            return [Reading(.project, .project(claim.value))]
        case "org.opencontainers.image.created", "org.label-schema.build-date":
            return TimeReading.build(claim.value)
        default: return []
        }
    }
}
