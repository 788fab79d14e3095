internal import CaseIndex

/// The annotations of GitLab's tutorial on annotating images with provenance, and the labels that GitLab's own
/// templates write under the same prefix.
struct GitLabAnnotations: ClaimVocabulary {
    private static let prefix = "com.gitlab.ci."

    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        guard claim.speaker.writesAnnotations else { return [] }
        if claim.key == "tag" { return [Reading(.tag, FactValue(claim.value), hasCounterpart: false)] }
        guard let word = claim.key.afterPrefix(Self.prefix) else { return [] }
        return Self.tutorial(word, claim.value) ?? Self.label(word, claim.value)
    }

    private static func tutorial(_ word: String, _ value: String) -> [Reading]? {
        switch word {
        case "commit.sha": [Reading(.commit, FactValue(value))]
        case "commit.ref.name": [Reading(.ref, .ref(value))]
        case "project.path": [Reading(.project, .project(value))]
        case "job.id", "job.url": FactValue.numbered(value, marker: "/-/jobs/").map { [Reading(.job, $0)] } ?? []
        case "pipeline.id", "pipeline.url": pipeline(value)
        case "user.name": [Reading(.user, FactValue(value, aspect: .name), hasCounterpart: false)]
        default: nil
        }
    }

    /// Words seen on images in the wild.
    private static func label(_ word: String, _ value: String) -> [Reading] {
        switch word {
        case "user": [Reading(.user, FactValue(value, aspect: .name), hasCounterpart: false)]
        case "email": [Reading(.user, FactValue(value, aspect: .mail), hasCounterpart: false)]
        case "tagorbranch": [Reading(.ref, .ref(value))]
        case "pipelineurl": pipeline(value)
        case "cijoburl": RunAddress.readings(value)
        case "commiturl":
            value.splitOnce(at: "/-/commit/").map { [Reading(.commit, FactValue($0.after))] } ?? []
        case "tag": [Reading(.tag, FactValue(value), hasCounterpart: false)]
        default: []
        }
    }

    /// No certificate carries a pipeline of GitLab: only the job's address is attested.
    private static func pipeline(_ value: String) -> [Reading] {
        guard let pipeline = FactValue.numbered(value, marker: "/-/pipelines/") else { return [] }
        return [Reading(.pipeline, pipeline, hasCounterpart: false)]
    }
}

extension Speaker {
    /// Whether its keys are annotation or label names.
    var writesAnnotations: Bool {
        switch self {
        case .signedAnnotation, .label, .manifestAnnotation: true
        case .certificate, .statement, .unsignedStatement, .configuration, .carrierAnnotation, .logEntry, .timestamp,
            .payload, .signedAttribute, .unsignedAttribute:
            false
        }
    }
}
