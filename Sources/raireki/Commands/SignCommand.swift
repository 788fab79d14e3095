import ArgumentParser
internal import Cryptography
internal import OCI
internal import Signing
internal import StrictJSON

/// The command `raireki sign`.
struct SignCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign",
        abstract: "Sign images of OCI layouts, with a key or for an identity, without a network.",
        discussion: """
            Signs the digest of an image together with annotations, and stores the signature in the layout so that \
            cosign and raireki find it. Every blob of the image is compared with its digest first. Nothing but the \
            layout changes, and it changes in one step.

            With --authority a private authority (raireki authority create) takes the place of Fulcio, Rekor and a \
            timestamp authority: it checks the token, certifies a new key for ten minutes, logs and stamps the signature.

            EXAMPLES
              raireki sign --key cosign.key -a tag=1.0 layout/
              raireki sign --key cosign.key --recursive --registry-referrers-mode legacy layout:1.0
              raireki sign --authority ca --issuer-jwks gitlab-jwks.json --gitlab-ci \\
                --registry-referrers-mode oci-1-1 layout@sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
            """
    )

    @OptionGroup(title: "Who signs, and how") var signing: SigningOptions

    @Option(
        name: [.customShort("a"), .customLong("annotations")],
        help: ArgumentHelp(
            "An annotation to sign; may be repeated. The value begins after the first = and may hold commas.",
            valueName: "key=value"
        )
    )
    var annotations: [String] = []

    @Flag(
        name: .customLong("gitlab-ci"),
        help: "Add the eleven annotations of GitLab's tutorial from the job's predefined variables."
    )
    var gitLabCI = false

    @Flag(help: "Of an index, sign every manifest in it as well.") var recursive = false

    @Option(
        help: ArgumentHelp(
            """
            The repository that a simple signature names; may be repeated (default: what the layout's names tell). \
            Bundles name none.
            """,
            valueName: "repository"
        )
    )
    var signContainerIdentity: [String] = []

    @OptionGroup var target: ImageArguments
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        try signing.validateTogether()
        _ = try pairs()
    }

    private func pairs() throws -> [KeyValue] {
        try annotations.map { try KeyValue($0, orThrow: "An annotation is written key=value: \($0)") }
    }

    func work(_ session: Session) throws -> ExitStatus {
        var claimed: [String: String] = [:]
        if gitLabCI { claimed = GitLabVariables(session.environment).annotations(telling: session) }
        for pair in try pairs() { claimed[pair.key] = pair.value }
        var party = try SigningParty(signing, session)
        let stored = try SigningTargets(target.images).forEachBatch(isRecursive: recursive, session) { targets in
            let references = targets.map { target in
                (target.layout.path, target.references(signContainerIdentity, signing.storage, session))
            }
            return try party.withSigner(
                ImageSigning(
                    targets: targets,
                    annotations: claimed,
                    references: Dictionary(references) { first, _ in first }
                )
            )
        }
        target.show(stored, signing.storage, session)
        session.say("signed by \(party.name)")
        return .success
    }
}

/// Signs images.
private struct ImageSigning: SigningWork {
    let targets: [SigningTarget]
    let annotations: [String: String]
    /// The repositories that are named, by the layout's path.
    let references: [String: [String]]

    func sign(
        _ image: WrittenDescriptor,
        of target: SigningTarget,
        in layout: inout LayoutFolder,
        _ signer: ImageSigner,
        _ services: inout some SigningServices
    ) throws -> [ImageSigner.Stored] {
        try signer.sign(
            image,
            in: &layout,
            annotations: annotations,
            references: references[layout.path] ?? [],
            with: &services
        )
    }
}
