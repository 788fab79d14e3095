internal import Presentation
internal import Sigstore
internal import TUF

/// The sentences for what goes wrong with trusted roots.
enum TrustErrorMessages {
    static func message(_ error: TrustCreationError) -> (String, [String]) {
        switch error {
        case .unfit(let path, .noCertificates):
            ("no certificates in: \(shown(path))", ["give PEM: blocks that begin with -----BEGIN CERTIFICATE-----"])
        case .unfit(let path, .notOneChain(let subjects)):
            (
                "not one chain of certificates: \(shown(path))",
                ["give each authority in a file of its own; here are: \(shown(subjects.joined(separator: " · ")))"]
            )
        case .unfit(let path, .brokenChain(let subject)):
            (
                "the chain of \(shown(subject)) does not hold in: \(shown(path))",
                ["are all certificates of one authority?"]
            )
        case .unfit(let path, .addressNeeded):
            ("a log of Rekor's version 2 is known by its address: \(shown(path))", ["give --rekor-url"])
        case .targetIsNoTrustedRoot(let file, let reason):
            (
                "the repository vouches for a file that is no trusted root (\(shown(reason))): \(shown(file))",
                ["is it a repository of Sigstore? its target trusted_root.json is taken"]
            )
        case .notSeenVersions(let path):
            ("not the versions of an earlier update: \(shown(path))", ["--seen names a file that trust update wrote"])
        }
    }

    static func message(_ error: TUFError) -> (String, [String]) {
        fileMessage(error) ?? shapeMessage(error) ?? trustMessage(error) ?? contentMessage(error)
    }

    private static func fileMessage(_ error: TUFError) -> (String, [String])? {
        switch error {
        case .missing(let names):
            (
                "the repository has no: \(shown(names.joined(separator: " or ")))",
                ["copy the whole repository: root, timestamp, snapshot and targets metadata, and targets/"]
            )
        case .tooLarge(let file, let limit):
            (
                "larger than \(limit) bytes: \(shown(file))",
                ["the copy is damaged, or somebody fills the stick; copy it again"]
            )
        case .notAFile(let file):
            ("not a regular file: \(shown(file))", ["links are not followed; copy the files themselves"])
        case .unreadable(let file, let code):
            (
                "cannot read (\(OutputFile.systemReason(code))): \(shown(file))",
                FileHints.reading(OutputFile.systemReason(code))
            )
        default: nil
        }
    }

    private static func shapeMessage(_ error: TUFError) -> (String, [String])? {
        switch error {
        case .notJSON(let file, let reason):
            (
                "not strict JSON (\(shown("\(reason)"))): \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .malformed(let file, let path, let expected):
            (
                "\(shown(path)) should be \(expected) in: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .notCanonical(let file, let number):
            (
                "the number \(shown(number)) cannot be signed in: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .wrongType(let file, let expected, let found):
            (
                "metadata of \(shown(found)) where \(expected) should be: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .unsupportedSpecification(let file, let version):
            ("version \(shown(version)) of the TUF specification is not known: \(shown(file))", ["use a newer raireki"])
        case .invalidThreshold(let file, let role, let threshold):
            (
                "\(shown(role)) asks for \(threshold) signatures in: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .repeatedKeyIdentifier(let file, let role, let keyID):
            (
                "\(shown(role)) lists the key \(shown(keyID)) twice in: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .repeatedSignature(let file, let keyID):
            (
                "two signatures name the key \(shown(keyID)) in: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .refusedRoleName(let file, let name):
            (
                "no file may be looked up as \(shown(name)), from: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .refusedTargetName(let name):
            (
                "not a name for a target: \(shown(name))",
                ["give the name as the targets metadata lists it, for example trusted_root.json"]
            )
        default: nil
        }
    }

    private static func trustMessage(_ error: TUFError) -> (String, [String])? {
        switch error {
        case .thresholdNotReached(let file, let count):
            (
                "\(count.signers.count) distinct keys of \(shown(count.role)) signed, \(count.threshold) must: "
                    + shown(file),
                count.rejected.isEmpty
                    ? ["copy the whole repository again, and a newer one where there is one"]
                    : ["signatures that do not hold: \(shown(count.rejected.joined(separator: ", ")))"]
            )
        case .wrongVersion(let file, let expected, let found):
            ("version \(found) where \(expected) should be: \(shown(file))", ["is the copy whole and of one moment?"])
        case .rollback(let file, let role, let seen, let found):
            (
                "\(shown(role)) goes back to version \(found) after \(seen): \(shown(file))",
                ["an older copy, or somebody withholds what is newer"]
            )
        case .expired(let file, let role, let expires, let time):
            (
                "\(shown(role)) expired at \(expires), before \(time); its signatures hold: \(shown(file))",
                ["fetch a newer copy", "--at TIME judges as of an earlier moment"]
            )
        case .startingRootContradicted(let file, let version):
            (
                "root \(version) is not the one that is trusted: \(shown(file))",
                ["the repository is another one, or was exchanged; --root FILE names the root that you trust"]
            )
        case .rootChainBroken(let trusted, let found):
            (
                "root \(found) cannot be reached from root: \(trusted)",
                [
                    "the repository must hold \(trusted + 1).root.json and those after it",
                    "--root FILE starts from another",
                ]
            )
        case .tooManyRoots(let limit):
            ("more new roots than: \(limit)", ["bring it up to date in steps: --root FILE starts from a later root"])
        default: nil
        }
    }

    private static func contentMessage(_ error: TUFError) -> (String, [String]) {
        switch error {
        case .notListed(let file, let name):
            (
                "\(shown(name)) is not listed in: \(shown(file))",
                ["copy the whole repository again, from where it is published"]
            )
        case .noLongerListed(let file, let name):
            (
                "\(shown(name)) is no longer listed in: \(shown(file))",
                ["an older copy, or somebody mixes two of them; copy the whole repository again"]
            )
        case .wrongLength(let file, let expected, let found):
            ("\(found) bytes where \(expected) are listed: \(shown(file))", ["the copy is damaged, or was altered"])
        case .wrongDigest(let file, let expected, let found):
            (
                "the digest is \(found), and \(expected) is listed: \(shown(file))",
                ["the copy is damaged, or was altered"]
            )
        case .unknownTarget(let name):
            (
                "the repository vouches for no: \(shown(name))",
                ["is it a repository of Sigstore? its target trusted_root.json is taken"]
            )
        case .tooManyDelegations(let limit):
            ("more delegated roles than: \(limit)", ["copy the whole repository again, from where it is published"])
        default:
            (
                "\(EscapedText("\(error)", limit: 2_000))",
                ["copy the whole repository again, from where it is published"]
            )
        }
    }

    private static func shown(_ text: String) -> String {
        ErrorMessages.shown(text)
    }
}
