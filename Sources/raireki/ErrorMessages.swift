internal import Assembly
internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Export
internal import Filesystem
internal import PolicyFile
internal import Presentation
internal import Signing
internal import TUF

/// The sentences in which errors reach people: what is wrong, then what to do about it.
enum ErrorMessages {
    /// The lines for standard error.
    static func lines(for error: any Error) -> [String] {
        let (message, hints) = message(for: error)
        let advice = hints.isEmpty ? ["run it again with --verbose, which tells what was read before"] : hints
        return ["error: \(message)"] + advice.map { "hint: \($0)" }
    }

    /// What is wrong, and what to do about it.
    static func message(for error: any Error) -> (String, [String]) {
        switch error {
        case let error as CaseError: caseMessage(error)
        case let error as ImageNameError: imageMessage(error)
        case let error as CommitNameError: CommitErrorMessages.message(error)
        case let error as NeighbourProgramError: error.message
        case let error as CommandError: commandMessage(error)
        case let error as DistrustError: error.message
        case let error as EvidenceError: evidenceMessage(error)
        case let error as AssemblyError: AssemblyErrorMessages.message(error)
        case let error as FileCommandError: FileErrorMessages.message(error)
        case let error as ExtractionError: ExtractionErrorMessages.message(error)
        case let error as RereadError: ExtractionErrorMessages.message(error)
        case let error as MergedViewError: FileErrorMessages.message(error)
        case let error as TUFError: TrustErrorMessages.message(error)
        case let error as TrustCreationError: TrustErrorMessages.message(error)
        case let error as SigningCommandError: SigningMessages.message(error)
        case let error as AuthorityError: SigningMessages.message(error)
        case let error as IdentityTokenError: SigningMessages.message(error)
        case let error as LayoutError: SigningMessages.message(error)
        case let error as ExportError: ExportErrorMessages.message(error)
        case let error as StorageError: SigningMessages.message(error)
        default:
            (
                "\(EscapedText(String(describing: error), limit: 2_000))",
                ["run it again with --verbose, which tells what was read before"]
            )
        }
    }

    /// What the case knows of an artifact that is no image.
    private static func hints(about artifact: OtherArtifact) -> [String] {
        let type = artifact.mediaType.map { " and the media type \(shown($0))" } ?? ""
        func list(_ words: String, _ digests: [Digest]) -> [String] {
            let rest = digests.count - 10
            return digests.prefix(10).map { "\(words) \($0)" } + (rest > 0 ? ["and \(rest) more"] : [])
        }
        return ["\(artifact.digest) has the role \(artifact.role.rawValue)\(type)"]
            + list("its subject is", artifact.subjects) + list("it is the subject of", artifact.referrers)
    }

    private static func imageMessage(_ error: ImageNameError) -> (String, [String]) {
        switch error {
        case .unknown(let text): ("no such image in the case: \(shown(text))", ["raireki images lists them"])
        case .otherArtifact(let text, let artifact):
            ("no image, but another artifact: \(shown(text))", hints(about: artifact))
        case .ambiguous(let text, let candidates):
            (
                "\(candidates.count) images fit: \(shown(text))",
                candidates.prefix(20).map { "it may mean \($0)" }
            )
        case .tooShort(let text):
            (
                "too short for a digest: \(shown(text))",
                ["give at least \(ImageName.shortestPrefix) digits, or a name"]
            )
        }
    }

    private static func commandMessage(_ error: CommandError) -> (String, [String]) {
        switch error {
        case .cannotWrite(let path, let reason): ("cannot write (\(reason)): \(shown(path))", FileHints.writing(reason))
        case .cannotRead(let path, let reason): ("cannot read (\(reason)): \(shown(path))", FileHints.reading(reason))
        case .notATrustedRoot(let path, let reason):
            (
                "not a trusted root (\(shown(reason))): \(shown(path))",
                ["give the trusted_root.json of the instance that issued the certificates"]
            )
        case .policyNeeds(let option, let path):
            ("the policy asks for signers whom only \(option) can tell: \(shown(path))", ["give \(option)"])
        case .notWitnessKeys(let path, let reason):
            (
                "not a list of witnesses' keys (\(shown(reason))): \(shown(path))",
                ["give one name+id+key a line, as witnesses publish it"]
            )
        case .notAPublicKey(let path, let reason):
            (
                "not a public key in PEM (\(shown(reason))): \(shown(path))",
                ["give the .pub file, for example cosign.pub"]
            )
        case .notAllowedSigners(let path, let reason):
            (
                "not a list of allowed signers (\(shown(reason))): \(shown(path))",
                ["give one line a key: names, options, the key's type and the key, as ssh-keygen(1) describes them"]
            )
        case .notABundle(let path, let reason):
            (
                "not a Sigstore bundle (\(shown(reason))): \(shown(path))",
                ["a bundle is a JSON document, often named .sigstore.json"]
            )
        case .notAHead(let path, let reason):
            (
                "not the head of a custody log (\(shown(reason))): \(shown(path))",
                ["give 64 hexadecimal digits, or what raireki case seal wrote"]
            )
        case .notASigningKey(let path, let reason):
            (
                "not a key to sign with (\(shown(reason))): \(shown(path))",
                ["give an Ed25519 or ECDSA key, PKCS #8 in PEM and not encrypted: openssl pkcs8 -topk8 -nocrypt"]
            )
        case .notCertificates(let path, let reason):
            (
                "not certificates in PEM (\(shown(reason))): \(shown(path))",
                ["give PEM: blocks that begin with -----BEGIN CERTIFICATE-----"]
            )
        case .notAKeyring(let path, let reason):
            (
                "not OpenPGP public keys (\(shown(reason))): \(shown(path))",
                ["give what gpg --export writes, with or without --armor"]
            )
        case .notAPolicy(let path, let error): PolicyFileMessages.message(path, error)
        case .badVariable(let name, let value, let needs):
            ("\(name) must be \(needs): \(shown(value))", ["set it so, or unset it"])
        case .noSuchRule(let id): ("no such rule: \(shown(id))", ["raireki rules lists them"])
        case .noSuchCommand(let name): ("no such command: raireki \(shown(name))", ["raireki --help lists them"])
        case .noHelp: ("the help cannot be read as data", ["raireki COMMAND --help prints it"])
        case .noSuchBranch(let name):
            (
                "no repository of the case has a branch \(shown(name))",
                ["give the name as git branch lists it, for example main"]
            )
        case .noRepositories:
            ("the case holds no repository", ["raireki import PATH… reads Git repositories and bundles"])
        case .noImages: ("the case holds no images", ["raireki import PATH… reads image layouts"])
        case .noBrowser:
            (
                "no browser is installed that prints a page as PDF",
                [
                    "apt-get install chromium",
                    "or write HTML, and print it from any browser: raireki report -o report.html",
                ]
            )
        case .notPrinted(let path, let status):
            (
                "the browser did not print the page (status \(status)): \(shown(path))",
                ["write HTML, and print it from any browser: raireki report -o report.html"]
            )
        case .printedTooLong(let path, let seconds):
            (
                "the browser did not print the page within \(seconds) seconds: \(shown(path))",
                ["print fewer images at once: raireki report IMAGE --format pdf -o report.pdf"]
            )
        }
    }

    private static func evidenceMessage(_ error: EvidenceError) -> (String, [String]) {
        switch error {
        case .cannotOpen(let path, let code):
            (
                "cannot open (\(OutputFile.systemReason(code))): \(shown(path))",
                FileHints.reading(OutputFile.systemReason(code))
            )
        case .notAFileOrFolder(let path):
            (
                "neither a file nor a folder: \(shown(path))",
                ["devices, sockets and pipes are not read; - reads a tar archive from standard input"]
            )
        case .nothingRecognised(let path):
            (
                "nothing here is known evidence: \(shown(path))",
                [
                    "image layouts, docker save archives, dir: copies, a registry's storage, bundles and envelopes are known,",
                    "and Git repositories and CI records",
                    "raireki import --help lists them",
                ]
            )
        }
    }

    static func shown(_ text: String) -> String {
        EscapedText(text, limit: 1_000).text
    }
}

/// What keeps the command line itself from its work.
enum CommandError: Error, Equatable {
    /// A file for output; `reason` is the system's.
    case cannotWrite(path: String, reason: String)
    /// A file that an option names; `reason` is the system's.
    case cannotRead(path: String, reason: String)
    /// A file that ought to be a trusted root.
    case notWitnessKeys(path: String, reason: String)
    case notATrustedRoot(path: String, reason: String)
    /// A policy that names signers of a format, without what such signatures are judged by.
    case policyNeeds(option: String, path: String)
    /// A file that ought to be a public key.
    case notAPublicKey(path: String, reason: String)
    /// A file that ought to be a list of allowed signers.
    case notAllowedSigners(path: String, reason: String)
    /// A file that ought to be a bundle.
    case notABundle(path: String, reason: String)
    /// A file or text that ought to be the head of a custody log.
    case notAHead(path: String, reason: String)
    /// A file that ought to be a private key.
    case notASigningKey(path: String, reason: String)
    /// A file that ought to hold certificates.
    case notCertificates(path: String, reason: String)
    /// A file that ought to hold OpenPGP public keys.
    case notAKeyring(path: String, reason: String)
    /// A file that ought to be a policy.
    case notAPolicy(path: String, PolicyFileError)
    /// An environment variable with a value that it cannot have.
    case badVariable(name: String, value: String, needs: String)
    /// A word that names no rule.
    case noSuchRule(String)
    /// Words that call no command.
    case noSuchCommand(String)
    /// The argument parser describes the commands in another form than is known.
    case noHelp
    /// There is no repository to look commits up in.
    case noRepositories
    /// No repository of the case has a branch of this name.
    case noSuchBranch(String)
    /// There is nothing to work on.
    case noImages
    /// No browser is installed that could print a page.
    case noBrowser
    /// The browser did not print the page.
    case notPrinted(path: String, status: Int32)
    /// The browser did not end in time.
    case printedTooLong(path: String, seconds: Int)
}
