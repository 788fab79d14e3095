internal import Signing

/// The sentences for errors of the commands that sign.
enum SigningMessages {
    private static func shown(_ text: String) -> String { ErrorMessages.shown(text) }

    static func message(_ error: SigningCommandError) -> (String, [String]) {
        switch error {
        case .noPassword(let purpose, let variable):
            (
                "a password is needed for \(purpose)",
                ["set \(variable), name a file that holds it, or run this at a terminal"]
            )
        case .passwordsDiffer:
            ("the two passwords differ", ["run it again and type the same twice, or give the password in a file"])
        case .alreadyThere(let path): ("a file is there already: \(shown(path))", ["--force replaces it"])
        case .notAKey(let path, let reason):
            (
                "not a private key that can sign (\(shown(reason))): \(shown(path))",
                ["PKCS#8, SEC 1 and PKCS#1 in PEM are read, and cosign's form", "raireki keys generate makes one"]
            )
        case .noSigner: ("nobody signs", ["--key, or --authority with a token"])
        case .noToken:
            (
                "no identity token",
                ["--identity-token names a file or is the token, or SIGSTORE_ID_TOKEN holds it"]
            )
        case .noIssuerKeys:
            (
                "the keys of the token's issuer are not known",
                [
                    "--issuer-jwks names a file; GitLab shows its keys at /oauth/discovery/keys",
                    "raireki authority create --issuer … --issuer-jwks … keeps them with the authority",
                ]
            )
        case .notAPredicate(let path, let type, let error):
            (
                "not a predicate of type \(shown(type)) (\(shown("\(error)"))): \(shown(path))",
                ["raireki attest --help tells what each type is read from"]
            )
        case .notVerified(let image):
            (
                "the case holds no verdict by an expectation on: \(image)",
                ["raireki import and raireki verify --certificate-identity … come first"]
            )
        case .verifiedByPolicy:
            (
                "the last verification was by a policy document, which says nothing of one image alone",
                ["raireki verify --certificate-identity … or --key … judges by one expectation"]
            )
        case .noResource(let image): ("nothing tells what was verified: \(image)", ["--resource-uri names it"])
        case .wrongPassword(let path):
            (
                "the password does not open the key, or the file was changed: \(shown(path))",
                ["COSIGN_PASSWORD or the password's file may be of another key"]
            )
        }
    }

    static func message(_ error: LayoutError) -> (String, [String]) {
        switch error {
        case .storage(let error): message(error)
        case .notALayout(let path):
            (
                "not an OCI image layout: \(shown(path))",
                ["skopeo copy … oci:FOLDER, raireki copy and cosign save make one"]
            )
        case .malformed(let path, let error):
            (
                "not a manifest or index (\(shown("\(error)"))): \(shown(path))",
                ["make the layout anew: skopeo copy and raireki copy do"]
            )
        case .noBlob(let path):
            ("a blob is missing: \(shown(path))", ["copy the image again, whole: raireki copy and skopeo copy do"])
        case .digestMismatch(let path, let actual):
            (
                "a blob is not what its name says, but \(actual): \(shown(path))",
                ["nothing was signed; was the layout changed after it was built?"]
            )
        case .sizeMismatch(let path, let stated, let actual):
            (
                "a blob has \(actual) bytes where \(stated) are stated: \(shown(path))",
                ["nothing was signed; copy the image again"]
            )
        case .unknown(let name, let path):
            ("no image of that name or digest in \(shown(path)): \(shown(name))", ["its index.json lists the names"])
        case .ambiguous(let name, let path, let candidates):
            (
                name.map { "several images of \(shown(path)) have the name: \(shown($0))" }
                    ?? "several images, of which one must be named: \(shown(path))",
                candidates.prefix(20).map { "it may mean \(shown($0))" }
            )
        case .nameTaken(let name, let other):
            ("another image has the name there, \(other): \(shown(name))", ["copy into another layout"])
        case .empty(let path):
            (
                "no image in the layout: \(shown(path))",
                ["raireki build, raireki copy and skopeo copy … oci:FOLDER put one in"]
            )
        case .tooDeep(let path):
            ("indexes of indexes of indexes: \(shown(path))", ["name the image by its digest: LAYOUT@sha256:…"])
        }
    }

    static func message(_ error: StorageError) -> (String, [String]) {
        func reason(_ code: Int32) -> String { OutputFile.systemReason(code) }
        switch error {
        case .cannotRead(let path, let code):
            return (
                "cannot read (\(reason(code))): \(shown(path))",
                FileHints.reading(reason(code))
            )
        case .cannotWrite(let path, let code):
            return ("cannot write (\(reason(code))): \(shown(path))", ["nothing was changed"])
        case .cannotLock(let path, let code):
            return (
                "cannot lock (\(reason(code))): \(shown(path))",
                ["another process may be at work on it; run this again when it has ended"]
            )
        case .notAFolder(let path):
            return (
                "not a folder: \(shown(path))",
                ["give the folder of an image layout or of an authority"]
            )
        case .notAFile(let path):
            return (
                "not a regular file: \(shown(path))",
                ["links and devices are not followed; put the file itself there"]
            )
        case .truncated(let path): return ("ends too early: \(shown(path))", ["copy it again, whole"])
        case .tooLarge(let path, let limit):
            return (
                "larger than \(limit) bytes: \(shown(path))",
                ["is this the right file? none of its kind is so large"]
            )
        case .wrongContent(let path, let actual):
            return (
                "has the digest \(actual): \(shown(path))",
                ["the content was changed or damaged; copy it again"]
            )
        case .alreadyThere(let path):
            return (
                "there already: \(shown(path))",
                ["name another place; nothing is overwritten"]
            )
        }
    }

    static func message(_ error: AuthorityError) -> (String, [String]) {
        switch error {
        case .storage(let error): message(error)
        case .cryptography(let error):
            (
                "the authority cannot sign: \(shown("\(error)"))",
                ["raireki authority show tells what the folder holds; bring it back from a copy"]
            )
        case .notAnAuthority(let path): ("no authority in: \(shown(path))", ["raireki authority create makes one"])
        case .damaged(let path, let reason):
            (
                "the authority is damaged (\(shown(reason))): \(shown(path))",
                ["bring its folder back from a copy; nothing is signed with what is left"]
            )
        case .damagedLog(let path, let reason):
            (
                "the log is damaged (\(shown(reason))): \(shown(path))",
                ["nothing is appended to it; bring its folder back from a copy"]
            )
        case .wrongPassword(let path):
            (
                "the password does not open the authority's keys: \(shown(path))",
                ["RAIREKI_AUTHORITY_PASSWORD or the password's file may be of another authority"]
            )
        case .alreadyThere(let path): ("something is there already: \(shown(path))", ["name a new folder"])
        case .unknownIssuer(let issuer, let known):
            (
                "the authority takes no tokens of: \(shown(issuer))",
                known.prefix(20).map { "it takes those of \(shown($0))" }
            )
        }
    }

    static func message(_ error: IdentityTokenError) -> (String, [String]) {
        switch error {
        case .malformed(let what): ("not an identity token (\(shown(what)))", ["a JSON Web Token has three parts"])
        case .malformedKeys(let what):
            ("not an issuer's keys (\(shown(what)))", ["give a JSON Web Key Set, {\"keys\":[…]}"])
        case .unsupportedHeader(let name):
            (
                "the token has a header that is not understood: \(shown(name))",
                ["take the token from the CI service itself; none of the usual ones has such a header"]
            )
        case .refusedAlgorithm(let name):
            (
                "the token's algorithm is refused: \(shown(name))",
                ["RS256 and ES256 are usual; without a signature, or with a shared secret, anybody could make one"]
            )
        case .unknownKey(let name):
            ("the issuer's keys have none of this name: \(shown(name))", ["were the keys exchanged since?"])
        case .badSignature:
            (
                "the token's signature does not verify with the issuer's keys",
                ["are these the keys of that issuer, and of now? GitLab shows them at /oauth/discovery/keys"]
            )
        case .missingClaim(let name):
            (
                "the token lacks the claim: \(shown(name))",
                ["take the token as the CI service gives it: id_tokens in GitLab, id-token: write in GitHub"]
            )
        case .otherIssuer(let issuer, let expected):
            (
                "the token is of another issuer than \(shown(expected)): \(shown(issuer))",
                ["--oidc-issuer names the one that is meant"]
            )
        case .otherAudience(let audiences, let expected):
            (
                "the token is not for \(shown(expected)), but for: \(shown(audiences.joined(separator: ", ")))",
                ["id_tokens: SIGSTORE_ID_TOKEN: aud: \(shown(expected))"]
            )
        case .expired(let time):
            ("the token expired at: \(time)", ["a job's token is valid as long as the job may run"])
        case .notYetValid(let time): ("the token is not valid before: \(time)", ["is the clock right?"])
        case .noIdentity(let reason):
            (
                "no certificate can be issued for the token (\(shown(reason)))",
                ["raireki authority create --token-kind tells of which kind the issuer's tokens are"]
            )
        }
    }
}
