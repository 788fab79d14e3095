/// Arguments in their plainest form: options that are each given once as `--name value`, and flags, and one operand.
///
/// ArgumentParser finds a command's options by reflection, which takes longer than a bundle takes to verify. Scripts that
/// verify file after file write nothing but this form. What is not of it (another option, `--name=value`, a request
/// for help, a mistake) is no plain argument, and is left to ArgumentParser with every word about it.
struct PlainArguments {
    private var given: [(name: String, value: String)] = []
    /// The one argument that is no option.
    let operand: String

    /// Splits arguments; nil when they are not of this form.
    init?(_ arguments: some Sequence<String>, options: [String], flags: [String]) {
        var operand: String?
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            let isFlag = flags.contains(argument)
            if isFlag || options.contains(argument) {
                guard let value = isFlag ? "" : rest.next(), !Self.isOption(value),
                    !given.contains(where: { $0.name == argument })
                else { return nil }
                given.append((argument, value))
            } else {
                guard operand == nil, !Self.isOption(argument) else { return nil }
                operand = argument
            }
        }
        guard let operand else { return nil }
        self.operand = operand
    }

    /// The value of an option, empty for a flag; nil when it is not given.
    subscript(option: String) -> String? {
        given.first { $0.name == option }?.value
    }

    private static func isOption(_ argument: String) -> Bool {
        argument.utf8.first == UInt8(ascii: "-")
    }
}

extension VerifyBundleCommand {
    /// The command with plain arguments; nil when they are others, or are refused.
    static func plain(_ arguments: some Sequence<String>) -> VerifyBundleCommand? {
        let options = [
            "--bundle", "--certificate-identity", "--certificate-oidc-issuer", "--key", "--trusted-root",
        ]
        guard let plain = PlainArguments(arguments, options: options, flags: ["--staging"]),
            let bundle = plain["--bundle"]
        else { return nil }
        var command = VerifyBundleCommand()
        command.bundle = bundle
        command.artifact = plain.operand
        command.staging = plain["--staging"] != nil
        command.formatOption = .plain
        command.expectation = .plain(
            identity: plain["--certificate-identity"],
            issuer: plain["--certificate-oidc-issuer"]
        )
        command.trust = .plain(key: plain["--key"], trustedRoot: plain["--trusted-root"])
        guard (try? command.validate()) != nil else { return nil }
        return command
    }
}

// Every property has to be set: a wrapper that ArgumentParser did not fill cannot be read.

extension ExpectationOptions {
    fileprivate static func plain(identity: String?, issuer: String?) -> ExpectationOptions {
        var options = ExpectationOptions()
        options.identity = identity
        options.identityPattern = nil
        options.issuer = issuer
        options.issuerPattern = nil
        options.annotations = []
        options.certificate = .plain
        return options
    }
}

extension ExtensionOptions {
    fileprivate static var plain: ExtensionOptions {
        var options = ExtensionOptions()
        options.extensions = []
        options.workflowTrigger = nil
        options.workflowSHA = nil
        options.workflowName = nil
        options.workflowRepository = nil
        options.workflowRef = nil
        return options
    }
}

extension TrustOptions {
    fileprivate static func plain(key: String?, trustedRoot: String?) -> TrustOptions {
        var options = TrustOptions()
        options.key = key
        options.trustedRoot = trustedRoot
        options.at = nil
        options.caRoots = nil
        options.caIntermediates = nil
        options.certificateChain = nil
        options.insecureIgnoreTlog = false
        options.insecureIgnoreSct = false
        options.useSignedTimestamps = false
        options.witnessKeys = nil
        options.witnesses = 0
        options.keyValidFrom = nil
        options.keyValidUntil = nil
        return options
    }
}

extension FormatOption {
    fileprivate static var plain: FormatOption {
        var options = FormatOption()
        options.format = .text
        return options
    }
}
