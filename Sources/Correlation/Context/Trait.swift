/// Something about signatures that stays much the same within a project, so that a new value is worth a look.
package enum Trait: String, Hashable, Sendable, CaseIterable {
    /// Who signs.
    case identity
    /// The class of machines that ran the job, or the machine that the CI service recorded.
    case runner
    /// What started the run.
    case trigger
    /// The commit of a build configuration that is not the one that was built.
    case workflow
}

/// A value that no earlier signature of the project has.
package struct Novelty: Hashable, Sendable {
    /// Of what.
    package let trait: Trait
    /// The value.
    package let value: String
    /// The project.
    package let project: String
    /// How many earlier signatures of the project have other values.
    package let earlier: Int
}

/// Many images that one identity signed within a short time.
package struct Burst: Hashable, Sendable {
    /// How many different images.
    package let images: Int
    /// The seconds from the first signature to the last.
    package let seconds: Int64
}

/// With what the images of one project usually come.
package struct ProjectCustom: Hashable, Sendable {
    /// Images with authentic signatures and attestations.
    package internal(set) var both = 0
    /// Images with authentic signatures alone.
    package internal(set) var signedOnly = 0
    /// Images with authentic attestations alone.
    package internal(set) var attestedOnly = 0

    /// Whether an image that lacks one of them stands out.
    var expectsBoth: Bool {
        both >= CaseContext.history && both > signedOnly + attestedOnly
    }
}
