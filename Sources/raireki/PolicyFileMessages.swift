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
        case .tooLarge(let limit): ("the policy is larger than \(limit) bytes", [])
        case .notText: ("the policy is not UTF-8 text", [])
        case .notYAML(let reason): ("not YAML: \(shown(reason))", [])
        case .anchor:
            ("anchors and aliases are not read", ["write it out; in a quoted text put no blank before an ampersand"])
        case .tag(let tag): ("tags are not read: \(shown(tag))", [])
        case .severalDocuments: ("a policy is one document, and here begins another", [])
        case .empty: ("the policy is empty", ["begin with \"version: 1\" and \"rules:\""])
        case .tooManyNodes(let limit): ("the policy has more than \(limit) parts", [])
        case .tooDeep(let limit): ("nested deeper than \(limit) levels", [])
        default: memberSentence(problem)
        }
    }

    private static func memberSentence(_ problem: PolicyFileError.Problem) -> (String, [String]) {
        switch problem {
        case .unknownKey(let key, let known):
            ("unknown key: \(shown(key))", ["known here: \(known.joined(separator: ", "))"])
        case .duplicateKey(let key): ("given twice: \(shown(key))", [])
        case .missingKey(let key): ("missing: \(shown(key))", [])
        case .wrongKind(let expected): ("must be \(expected)", [])
        case .emptyList: ("must not be empty", [])
        case .unsupportedVersion(let version): ("unknown version: \(shown(version))", ["this raireki reads version 1"])
        case .conflict(let first, let second): ("give \(shown(first)) or \(shown(second)), not both", [])
        case .duplicateRule(let name): ("another rule has the same name: \(shown(name))", [])
        case .nothingRequired: ("the rule asks for nothing", ["give signatures or attestations"])
        case .nobodyNamed: ("nobody is named", ["give allOf or anyOf, a list of signers"])
        case .badPattern(let pattern, let reason): ("not a pattern (\(shown(reason))): \(shown(pattern))", [])
        case .badDigest(let text): ("not a whole digest: \(shown(text))", [])
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
        case .duplicateSigner: ("the same signer is listed twice", [])
        case .sameKey(let other): ("the same key as in: \(shown(other))", ["name it by one file everywhere"])
        case .keyUnusable(_, let reason): (shown(reason), ["paths of keys begin at the policy's folder"])
        case .notForKeys(let key):
            (
                "such a signer has none: \(shown(key))",
                ["beside key, notaryIdentity and openPGPKey only annotations and reference are read"]
            )
        case .notForAttestations(let key): ("an attestation has none: \(shown(key))", [])
        case .signatureType(let type):
            ("this is how cosign 3 signs images: \(shown(type))", ["give signatures instead"])
        case .notForNotary(let key): ("the Notary Project's payload has none: \(shown(key))", [])
        case .badNotaryIdentity(let text):
            (
                "not an identity of a certificate: \(shown(text))",
                ["write \"x509.subject: C=US, ST=WA, O=example\", with C, ST and O at least, or *"]
            )
        case .badFingerprint(let text):
            ("not a whole fingerprint of an OpenPGP key: \(shown(text))", ["40 or 64 hexadecimal digits"])
        default: ("the policy cannot be used", [])
        }
    }

    private static func shown(_ text: String) -> String {
        EscapedText(text, limit: 500).text
    }
}
