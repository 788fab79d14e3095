internal import PolicyFile
internal import Presentation

/// What is wrong with a policy document, in sentences.
enum PolicyFileMessages {
    static func message(_ path: String, _ error: PolicyFileError) -> (String, [String]) {
        let place = shown(path) + (error.line.map { ":\($0)" } ?? "")
        let part = error.path.isEmpty ? "" : ": \(shown(error.path))"
        let (sentence, hints) = sentence(error.problem)
        return ("\(place)\(part): \(sentence)", hints)
    }

    private static func sentence(_ problem: PolicyFileError.Problem) -> (String, [String]) {
        switch problem {
        case .tooLarge(let limit):
            ("the policy is larger than \(limit) bytes", ["is this the right file? a policy has some lines a rule"])
        case .notText: ("the policy is not UTF-8 text", ["save it as UTF-8"])
        case .notYAML(let reason):
            ("not YAML: \(shown(reason))", ["indent with blanks, not tabs, and put texts with : or # into quotes"])
        case .anchor:
            ("anchors and aliases are not read", ["write it out; in a quoted text put no blank before an ampersand"])
        case .tag(let tag): ("tags are not read: \(shown(tag))", ["leave out what begins with !"])
        case .severalDocuments:
            (
                "a policy is one document, and here begins another",
                ["put all rules below one \"rules:\", and take the --- away"]
            )
        case .empty: ("the policy is empty", ["begin with \"version: 1\" and \"rules:\""])
        case .tooManyNodes(let limit):
            ("the policy has more than \(limit) parts", ["split it, and verify with one after the other"])
        case .tooDeep(let limit): ("nested deeper than \(limit) levels", ["raireki policy check --help shows the form"])
        default: memberSentence(problem)
        }
    }

    private static func memberSentence(_ problem: PolicyFileError.Problem) -> (String, [String]) {
        switch problem {
        case .unknownKey(let key, let known):
            ("unknown key: \(shown(key))", ["known here: \(known.joined(separator: ", "))"])
        case .duplicateKey(let key): ("given twice: \(shown(key))", ["keep one of the two"])
        case .missingKey(let key):
            ("missing: \(shown(key))", ["raireki policy check --help shows what a rule must have"])
        case .wrongKind(let expected): ("must be \(expected)", ["raireki policy check --help shows the form"])
        case .emptyList: ("must not be empty", ["give one entry at least, or leave the key out"])
        case .unsupportedVersion(let version): ("unknown version: \(shown(version))", ["this raireki reads version 1"])
        case .conflict(let first, let second):
            (
                "give \(shown(first)) or \(shown(second)), not both",
                ["they exclude one another; keep the one that is meant"]
            )
        case .duplicateRule(let name):
            ("another rule has the same name: \(shown(name))", ["results name rules: give each its own"])
        case .nothingRequired: ("the rule asks for nothing", ["give signatures or attestations"])
        case .nobodyNamed: ("nobody is named", ["give allOf or anyOf, a list of signers"])
        case .badPattern(let pattern, let reason):
            (
                "not a pattern (\(shown(reason))): \(shown(pattern))",
                ["* stands for any characters within one part, ** for any parts"]
            )
        case .badDigest(let text): ("not a whole digest: \(shown(text))", ["sha256: and 64 hexadecimal digits"])
        default: signerSentence(problem)
        }
    }

    private static func signerSentence(_ problem: PolicyFileError.Problem) -> (String, [String]) {
        switch problem {
        case .identityMissing:
            (
                "an issuer vouches for everybody, and no identity is given",
                ["give identity, identityPattern or identityRegexp; or write anyIdentity: true"]
            )
        case .issuerMissing:
            (
                "an identity means little without its issuer",
                ["give issuer, issuerPattern or issuerRegexp; or write anyIssuer: true"]
            )
        case .anybody: ("any identity of any issuer is anybody", ["name an identity or an issuer"])
        case .unknownExtension(let name, let known):
            ("Fulcio's certificates have no extension: \(shown(name))", ["known: \(known.joined(separator: ", "))"])
        case .threshold(let minimum, let signers):
            ("\(minimum) different signers cannot be asked of: \(signers)", ["at least 1, at most one each"])
        case .minimumWithoutAlternatives: ("a minimum needs anyOf", ["of allOf everybody must have signed"])
        case .duplicateSigner: ("the same signer is listed twice", ["keep one of the two: nobody counts twice"])
        case .sameKey(let other): ("the same key as in: \(shown(other))", ["name it by one file everywhere"])
        case .keyUnusable(_, let reason): (shown(reason), ["paths of keys begin at the policy's folder"])
        case .notForKeys(let key):
            (
                "such a signer has none: \(shown(key))",
                ["beside key, notaryIdentity and openPGPKey only annotations and reference are read"]
            )
        case .notForAttestations(let key):
            ("an attestation has none: \(shown(key))", ["leave it out here, or ask for it below signatures"])
        case .signatureType(let type):
            ("this is how cosign 3 signs images: \(shown(type))", ["give signatures instead"])
        case .notForNotary(let key): ("the Notary Project's payload has none: \(shown(key))", ["leave it out here"])
        case .badNotaryIdentity(let text):
            (
                "not an identity of a certificate: \(shown(text))",
                ["write \"x509.subject: C=US, ST=WA, O=example\", with C, ST and O at least, or *"]
            )
        case .badFingerprint(let text):
            ("not a whole fingerprint of an OpenPGP key: \(shown(text))", ["40 or 64 hexadecimal digits"])
        default: ("the policy cannot be used", ["raireki policy check --help shows the form"])
        }
    }

    private static func shown(_ text: String) -> String {
        EscapedText(text, limit: 500).text
    }
}
