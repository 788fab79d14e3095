import ArgumentParser
internal import Sigstore

/// Which values extensions of the certificate must have.
struct ExtensionOptions: ParsableArguments {
    @Option(
        name: .customLong("certificate-extension"),
        help: ArgumentHelp(
            """
            An extension that the certificate must have, by Fulcio's name or number, for example \
            source-repository-uri=https://gitlab.com/group/app; may be repeated.
            """,
            valueName: "name=value"
        )
    )
    var extensions: [String] = []

    @Option(
        name: .customLong("certificate-github-workflow-trigger"),
        help: ArgumentHelp("Extension 2, what started the GitHub workflow.", valueName: "event")
    )
    var workflowTrigger: String?

    @Option(
        name: .customLong("certificate-github-workflow-sha"),
        help: ArgumentHelp("Extension 3, its commit.", valueName: "commit")
    )
    var workflowSHA: String?

    @Option(
        name: .customLong("certificate-github-workflow-name"),
        help: ArgumentHelp("Extension 4, its name.", valueName: "name")
    )
    var workflowName: String?

    @Option(
        name: .customLong("certificate-github-workflow-repository"),
        help: ArgumentHelp("Extension 5, its repository.", valueName: "owner/name")
    )
    var workflowRepository: String?

    @Option(
        name: .customLong("certificate-github-workflow-ref"),
        help: ArgumentHelp("Extension 6, its branch or tag.", valueName: "ref")
    )
    var workflowRef: String?

    /// Whether nothing is expected.
    var isEmpty: Bool {
        extensions.isEmpty && workflow.isEmpty
    }

    /// What is expected, each extension once.
    ///
    /// - Throws: `ValidationError`.
    func expected() throws -> [FulcioExtension: String] {
        var result: [FulcioExtension: String] = [:]
        for (known, value) in try general() + workflow {
            guard result.updateValue(value, forKey: known) == nil else {
                throw ValidationError("Give one value for the extension \(known.optionName), not several.")
            }
        }
        return result
    }

    private var workflow: [(FulcioExtension, String)] {
        let options: [(FulcioExtension, String?)] = [
            (.githubWorkflowTrigger, workflowTrigger), (.githubWorkflowSHA, workflowSHA),
            (.githubWorkflowName, workflowName), (.githubWorkflowRepository, workflowRepository),
            (.githubWorkflowRef, workflowRef),
        ]
        return options.compactMap { known, value in value.map { (known, $0) } }
    }

    private func general() throws -> [(FulcioExtension, String)] {
        try extensions.map { text in
            let pair = try KeyValue(text, orThrow: "An extension is written name=value: \(text)")
            guard let known = FulcioExtension(named: pair.key) else {
                throw ValidationError(
                    "Fulcio's certificates have no extension \(pair.key); they have: \(Self.knownNames)"
                )
            }
            return (known, pair.value)
        }
    }

    /// Number and name of every extension.
    static var knownNames: String {
        FulcioExtension.allCases.map { "\($0.rawValue) \($0.optionName)" }.joined(separator: ", ")
    }
}

/// A key with a value, split at the first `=`.
struct KeyValue {
    let key: String
    let value: String

    init(_ text: String, orThrow message: String) throws {
        let bytes = Array(text.utf8)
        guard let separator = bytes.firstIndex(of: UInt8(ascii: "=")), separator > 0 else {
            throw ValidationError(message)
        }
        key = String(decoding: bytes[..<separator], as: UTF8.self)
        value = String(decoding: bytes[(separator + 1)...], as: UTF8.self)
    }
}
