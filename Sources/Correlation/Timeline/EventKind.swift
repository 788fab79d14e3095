/// What happened at a moment of a timeline.
package enum EventKind: String, Hashable, Sendable, CaseIterable {
    /// A commit was written, as it says.
    case authored = "commit-authored"
    /// It was committed, as it says.
    case committed = "commit-committed"
    /// A CI service made a run.
    case pipelineCreated = "pipeline-created"
    /// The run began.
    case pipelineStarted = "pipeline-started"
    /// The run ended.
    case pipelineFinished = "pipeline-finished"
    /// A job was made.
    case jobCreated = "job-created"
    /// The job began.
    case jobStarted = "job-started"
    /// The job ended.
    case jobFinished = "job-finished"
    /// A provenance statement says that the build began.
    case buildStarted = "build-started"
    /// It says that the build ended.
    case buildFinished = "build-finished"
    /// Another document states a time of building: an annotation or a label.
    case buildStated = "build-stated"
    /// A file's content was changed last, as the layer's header says; the oldest of a layer.
    case fileOldest = "file-oldest"
    /// The newest file of a layer.
    case fileNewest = "file-newest"
    /// Any file of a layer.
    case fileModified = "file-modified"
    /// A step of the configuration's history.
    case historyStep = "history-step"
    /// The configuration's own time.
    case imageCreated = "image-created"
    /// A signing certificate begins to be valid.
    case certificateNotBefore = "certificate-not-before"
    /// The signer's own clock, in what it signed.
    case signerTime = "signer-time"
    /// A timestamp authority saw the signature.
    case timestamped = "timestamp"
    /// A transparency log took the signature in.
    case logged = "log-integrated"
    /// A signing certificate ceases to be valid.
    case certificateNotAfter = "certificate-not-after"
    /// The evidence came into the case.
    case imported

    /// What happened, for people.
    package var words: String {
        switch self {
        case .authored: "commit written"
        case .committed: "commit made"
        case .pipelineCreated: "pipeline made"
        case .pipelineStarted: "pipeline began"
        case .pipelineFinished: "pipeline ended"
        case .jobCreated: "job made"
        case .jobStarted: "job began"
        case .jobFinished: "job ended"
        case .buildStarted: "build began"
        case .buildFinished: "build ended"
        case .buildStated: "built"
        case .fileOldest: "oldest file"
        case .fileNewest: "newest file"
        case .fileModified: "file changed"
        case .historyStep: "history step"
        case .imageCreated: "image created"
        case .certificateNotBefore: "certificate valid from"
        case .signerTime: "signed, says the signer"
        case .timestamped: "timestamped"
        case .logged: "logged"
        case .certificateNotAfter: "certificate valid until"
        case .imported: "imported"
        }
    }

    /// The order of what happened at the same moment.
    var rank: Int {
        Self.allCases.firstIndex(of: self) ?? 0
    }
}
