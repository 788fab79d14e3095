/// Something that sources state about how an image came to be; one row of a trace.
package enum Fact: String, Hashable, Sendable, CaseIterable {
    /// The commit that was built.
    case commit
    /// The branch or tag of that commit.
    case ref
    /// The repository it lies in.
    case project
    /// The build configuration, and the configuration that signed.
    case workflow
    /// One job of a pipeline.
    case job
    /// One run of the build configuration.
    case pipeline
    /// The machine, or the class of machine, that ran the job.
    case runner
    /// What started the run.
    case trigger
    /// The person or account that started it.
    case user
    /// When something was built or signed.
    case time
    /// The name that the image was pushed under.
    case tag
    /// The digest that the document is about.
    case imageDigest = "image-digest"

    /// Whether two signatures of one image may rightly state different values: each was made by its own run.
    package var belongsToTheRun: Bool {
        switch self {
        case .commit, .ref, .project, .tag, .imageDigest: false
        case .workflow, .job, .pipeline, .runner, .trigger, .user, .time: true
        }
    }
}

/// Which side of a fact a value describes; values of different aspects are never compared.
package enum Aspect: String, Hashable, Sendable, CaseIterable {
    /// The fact itself.
    case itself = ""
    /// A number that stays when the thing is renamed.
    case identifier = "id"
    /// A name for people.
    case name
    /// The number of the attempt of one run.
    case attempt
    /// The configuration that signed, where another one called it.
    case builder
    /// The commit that the configuration was taken from.
    case configurationCommit = "configuration commit"
    /// A class of machines.
    case environment
    /// An electronic mail address.
    case mail
    /// A job's own name in its configuration.
    case entryPoint = "entry point"
}
