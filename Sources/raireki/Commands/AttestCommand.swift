import ArgumentParser
internal import Cryptography
internal import OCI
internal import Signing
internal import StrictJSON

/// The command `raireki attest`.
struct AttestCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "attest",
        abstract: "Sign a statement about images of OCI layouts: provenance, a bill of materials, a verification.",
        discussion: """
            Wraps the predicate into an in-toto statement whose subject is the image, signs it as raireki sign does, and \
            stores it beside the image. Predicates that are JSON must have the members without which they are not of \
            their type.

            With --vsa the predicate is a verification summary (slsa.dev/verification_summary/v1) of what the case \
            holds: raireki verify must have judged the image, by an expectation, before.

            EXAMPLES
              raireki attest --key cosign.key --predicate provenance.json --type slsaprovenance1 layout:1.0
              raireki attest --authority ca --issuer-jwks jwks.json --predicate sbom.spdx.json --type spdxjson layout/
              raireki attest --key auditor.key --vsa --verifier-id https://audit.example.com \\
                --resource-uri registry.example.com/group/app --case incident-42.raireki layout:1.0
            """
    )

    @OptionGroup(title: "Who signs, and how") var signing: SigningOptions

    @Option(help: ArgumentHelp("What is attested.", valueName: "file"), completion: .file())
    var predicate: String?

    @Option(
        help: ArgumentHelp(
            """
            What it is: slsaprovenance1, slsaprovenance (0.2), slsaprovenance02, spdxjson, spdx, cyclonedx, vuln, openvex, \
            link, custom, or the URI of any other type.
            """,
            valueName: "type"
        )
    )
    var type = "custom"

    @Flag(help: "Attest the verification that the case holds.") var vsa = false

    @OptionGroup(title: "Verification summary") var summary: SummaryOptions

    @Flag(help: "Of an index, attest every manifest in it as well.") var recursive = false

    @Option(
        help: ArgumentHelp(
            "The name of the statement's subject (default: the repository that the layout's names tell).",
            valueName: "name"
        )
    )
    var subjectName: String?

    @OptionGroup var target: ImageArguments
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        try signing.validateTogether()
        if vsa == (predicate != nil) { throw ValidationError("Give --predicate with its --type, or --vsa.") }
        if PredicateKind(name: type) == nil {
            let known = PredicateKind.knownNames.joined(separator: ", ")
            throw ValidationError("Not a type of predicate: \(type) (\(known), or a URI)")
        }
        try summary.validate(isAsked: vsa)
    }

    func work(_ session: Session) throws -> ExitStatus {
        var party = try SigningParty(signing, session)
        let source: any PredicateSource =
            if vsa { SummaryPredicate(summary, session) } else { try FilePredicate(predicate ?? "", type, session) }
        let stored = try SigningTargets(target.images).forEachBatch(isRecursive: recursive, session) { targets in
            try party.withSigner(ImageAttesting(targets: targets, source: source, subjectName: subjectName))
        }
        target.show(stored, signing.storage, session)
        session.say("attested by \(party.name)")
        return .success
    }
}

/// Attests images.
private struct ImageAttesting: SigningWork {
    let targets: [SigningTarget]
    let source: any PredicateSource
    let subjectName: String?

    func sign(
        _ image: WrittenDescriptor,
        of target: SigningTarget,
        in layout: inout LayoutFolder,
        _ signer: ImageSigner,
        _ services: inout some SigningServices
    ) throws -> [ImageSigner.Stored] {
        let name = subjectName ?? target.subjectName
        let statement = StatementDraft(
            type: signer.storage == .bundle ? StatementDraft.v1 : StatementDraft.v01,
            subjects: [.init(name: name, digest: image.digest)],
            predicateType: source.type,
            predicate: try source.predicate(for: image.digest, named: name)
        )
        return [try signer.attest(image, in: &layout, statement: statement, with: &services)]
    }
}
