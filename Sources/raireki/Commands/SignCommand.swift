import ArgumentParser
internal import Cryptography
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

    @OptionGroup var formatOption: FormatOption

    @Argument(
        help: ArgumentHelp("The images: LAYOUT, LAYOUT:TAG or LAYOUT@DIGEST.", valueName: "image"),
        completion: .directory
    )
    var images: [String]

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
        let stored = try SigningTargets(images).forEachBatch(isRecursive: recursive, session) { targets in
            let work = ImageSigning(
                targets: targets,
                annotations: claimed,
                references: targets.map { $0.references(signContainerIdentity, signing.storage, session) }
            )
            return try party.withSigner(work)
        }
        let page = SigningPage(stored: stored, storage: signing.storage)
        switch formatOption.format {
        case .text: session.write(page.text)
        case .json: session.write(page.json.pretty + "\n")
        }
        session.say("signed by \(party.name)")
        return .success
    }
}

/// Signs the images of several layouts.
private struct ImageSigning: SigningWork {
    let targets: [SigningTarget]
    let annotations: [String: String]
    /// For each layout, the repositories that are named.
    let references: [[String]]

    func run(
        _ signer: ImageSigner,
        _ services: inout some SigningServices
    ) throws -> ([LayoutFolder], [ImageSigner.Stored]) {
        var layouts: [LayoutFolder] = []
        var stored: [ImageSigner.Stored] = []
        for (target, references) in zip(targets, references) {
            var layout = target.layout
            for image in target.images {
                stored += try signer.sign(
                    image,
                    in: &layout,
                    annotations: annotations,
                    references: references,
                    with: &services
                )
            }
            layouts.append(layout)
        }
        return (layouts, stored)
    }
}
