import ArgumentParser
internal import StrictJSON
internal import Verification

/// The command `raireki policy`.
struct PolicyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Look at policies: what many images must be signed by.",
        subcommands: [PolicyCheckCommand.self]
    )
}

/// The command `raireki policy check`.
struct PolicyCheckCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Read a policy and explain it.",
        discussion: """
            Whatever is not understood is refused with its line: an unknown key would be a demand that nobody makes.

              version: 1
              rules:
                - name: payments
                  images: ["registry.example/acme/payments:*"]    # or whole digests
                  signatures:
                    anyOf:                                         # or allOf; both may be given
                      - identity: https://gitlab.example/acme/payments//.gitlab-ci.yml@refs/heads/main
                        issuer: https://gitlab.example             # identityPattern, issuerPattern: * and **
                        extensions: {source-repository-ref: refs/heads/main}
                        annotations: {tag: 1.4.0}
                      - key: release.pub                           # beside the policy
                        reference: registry.example/acme/*         # the name that was signed
                      - notaryIdentity: "x509.subject: C=US, ST=WA, O=acme"
                      - openPGPKey: 08CD26E446E2E95249B7A405E932F44B23E8DD43
                    minimum: 2                                     # different signers
                  attestations:
                    - predicateType: https://slsa.dev/provenance/v1
                      allOf: [{key: release.pub}]

            In patterns * stays within one segment between slashes and ** is any number of segments. Every rule that \
            names an image holds for it, and an image that no rule names does not meet the policy. Names come from \
            the evidence and are signed by nobody: give digests where they are known, or a reference, which is \
            compared with the name that was signed. Signatures of the Notary Project and OpenPGP signatures count \
            where notaryIdentity and openPGPKey name them, and are judged by --notary-trust-store and \
            --openpgp-keyring.

            EXAMPLES
              raireki policy check policy.yaml
              raireki policy check policy.yaml --format json
            """
    )

    @Argument(help: "The policy, a YAML document.", completion: .file(extensions: ["yaml", "yml"]))
    var policy: String

    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let document = try PolicyDocument.read(policy)
        switch formatOption.format {
        case .text: session.write(PolicyExplanation.text(document))
        case .json: session.write(PolicyExplanation.json(document).pretty + "\n")
        }
        session.say("\(counted(document.rules.count, "rule")), nothing wrong")
        return .success
    }
}
