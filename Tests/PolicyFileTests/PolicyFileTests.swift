import PolicyFile
import Sigstore
import Testing
import Verification

struct PolicyFileTests {
    @Test func readsEverythingThatAPolicyCanSay() throws {
        let policy = try PolicyText.read(
            """
            # a comment may say R&D, and &more
            version: 1
            rules:
              - name: one
                images: ["registry.example/acme/*:*", "sha256:\(String(repeating: "ab", count: 32))"]
                signatures:
                  allOf:
                    - key: keys/a.pub
                      annotations: {tag: 1.4.0, empty: ""}
                  anyOf:
                    - {identity: me@example.com, issuer: https://accounts.example}
                    - identityPattern: https://gitlab.example/acme/**
                      anyIssuer: true
                      extensions: {Source Repository Identifier: 4711, 14: refs/heads/main}
                    - {identityRegexp: ".*@example[.]com", issuerRegexp: "https://.*"}
                  minimum: 2
                attestations:
                  - predicateType: https://slsa.dev/provenance/v1
                    anyOf: [{key: keys/b.pub}]
            """
        )
        let rule = try #require(policy.rules.first)
        #expect(policy.rules.map(\.name) == ["one"])
        #expect(rule.images.count == 2)
        #expect(
            rule.requirements.map(\.kind) == [
                .signature, .attestation(predicateType: "https://slsa.dev/provenance/v1"),
            ]
        )
        #expect(rule.requirements.map(\.minimum) == [2, 1])
        #expect(rule.requirements.map(\.allOf.count) == [1, 0])
        #expect(rule.requirements.map(\.anyOf.count) == [3, 1])
        #expect(policy.keys.count == 2)
        guard case .certificate(_, let issuer, let extensions) = rule.requirements[0].anyOf[1].who else {
            Issue.record("not a certificate")
            return
        }
        #expect(issuer == nil)
        #expect(extensions == [.sourceRepositoryIdentifier: "4711", .sourceRepositoryRef: "refs/heads/main"])
    }

    typealias Refusal = (text: String, problem: PolicyFileError.Problem, path: String, line: Int?)

    static let signers =
        ["identity", "identityPattern", "identityRegexp", "issuer", "issuerPattern", "issuerRegexp"]
        + ["anyIdentity", "anyIssuer", "extensions", "key", "notaryIdentity", "openPGPKey", "annotations", "reference"]
    static let one = "{key: keys/a.pub}"

    static let documents: [Refusal] = [
        ("", .empty, "", nil),
        ("version: 1\nrules: 7", .wrongKind(expected: "a list"), "rules", 2),
        ("version: 1\nrules: []", .emptyList, "rules", 2),
        ("version: 1", .missingKey("rules"), "", 1),
        ("rules: []", .missingKey("version"), "", 1),
        ("version: 2\nfuture: x", .unsupportedVersion("2"), "version", 1),
        ("version: '1'\nrules: []", .unsupportedVersion("1"), "version", 1),
        ("version: 1\nrule: []", .unknownKey("rule", known: ["version", "rules"]), "", 2),
        ("version: 1\nversion: 1", .duplicateKey("version"), "", nil),
        ("version: 1\nrules: []\n---\nversion: 1\n", .severalDocuments, "", 4),
        ("version: 1\nrules: [&a x, *a]", .anchor, "", 2),
        ("version: 1\nrules: !!python/name:os.system x", .tag("tag:yaml.org,2002:python/name:os.system"), "rules", 2),
        ("version: 1\nrules:\n- name: x", .missingKey("images"), "rules[0]", 3),
        ("version: 1\nrules:\n- images: [a]", .nothingRequired, "rules[0]", 3),
        (
            "version: 1\nrules:\n- images: [a**]\n", .badPattern("a**", reason: "** must stand alone between slashes"),
            "rules[0].images[0]", 3
        ),
        ("version: 1\nrules:\n- images: ['sha256:12*']\n", .badDigest("sha256:12*"), "rules[0].images[0]", 3),
    ]

    /// A-18, A-54: what is not understood is refused with its place.
    @Test(arguments: documents.indices)
    func refusesADocument(index: Int) throws {
        let expected = Self.documents[index]
        let error = try #require(PolicyText.problem(expected.text))
        #expect(error.problem == expected.problem)
        #expect(error.path == expected.path)
        if let line = expected.line { #expect(error.line == line) }
    }

    static let requirements: [Refusal] = [
        ("{}", .emptyList, "", 5), ("minimum: 1", .nobodyNamed, "", 5), ("anyOf: []", .emptyList, ".anyOf", 5),
        ("any: [\(one)]", .unknownKey("any", known: ["allOf", "anyOf", "minimum"]), "", 5),
        // P-25
        ("{anyOf: [\(one)], minimum: 0}", .threshold(0, of: 1), ".minimum", 5),
        ("{anyOf: [\(one)], minimum: -1}", .threshold(-1, of: 1), ".minimum", 5),
        ("{anyOf: [\(one)], minimum: 2}", .threshold(2, of: 1), ".minimum", 5),
        ("{anyOf: [\(one)], minimum: '1'}", .wrongKind(expected: "a number"), ".minimum", 5),
        ("{anyOf: [\(one)], minimum: 1.5}", .wrongKind(expected: "a number"), ".minimum", 5),
        ("{allOf: [\(one)], minimum: 1}", .minimumWithoutAlternatives, ".minimum", 5),
        // P-24
        ("anyOf: [\(one), {key: keys/copy-of-a.pub}]", .sameKey(as: "keys/a.pub"), ".anyOf[1].key", 5),
        ("anyOf: [\(one), \(one)]", .duplicateSigner, ".anyOf[1]", 5),
        (
            "{anyOf: [{key: keys/a.pub, annotations: {x: 1}}, {key: keys/a.pub, annotations: {x: 2}}], minimum: 2}",
            .threshold(2, of: 1), ".minimum", 5
        ),
        (
            "allOf: [{key: keys/a.pub, annotations: {x: 1}}, {key: keys/a.pub, annotations: {x: 2}}]",
            .threshold(2, of: 1), ".allOf", 5
        ),
        (
            "anyOf: [{key: keys/none.pub}]", .keyUnusable(file: "keys/none.pub", reason: "no such key"),
            ".anyOf[0].key", 5
        ),
    ]

    @Test(arguments: requirements.indices)
    func refusesARequirement(index: Int) throws {
        let expected = Self.requirements[index]
        let error = try #require(PolicyText.problem(PolicyText.signatures(expected.text)))
        #expect(error.problem == expected.problem)
        #expect(error.path == "rules[0].signatures" + expected.path)
        #expect(error.line == expected.line)
    }

    static let certificates: [Refusal] = [
        // P-40
        ("{identity: a}", .issuerMissing, "", 5), ("{identityPattern: a}", .issuerMissing, "", 5),
        ("{issuer: a}", .identityMissing, "", 5), ("{extensions: {12: a}}", .identityMissing, "", 5),
        ("{identity: a, anyIssuer: false}", .issuerMissing, "", 5),
        ("{identity: a, anyIssuer: yes}", .wrongKind(expected: "true or false"), ".anyIssuer", 5),
        ("{anyIdentity: true, anyIssuer: true}", .anybody, "", 5),
        ("{identity: a, identityPattern: b, issuer: c}", .conflict("identity", "identityPattern"), "", 5),
        ("{identity: a, issuer: b, anyIssuer: true}", .conflict("issuer", "anyIssuer"), "", 5),
        ("{identity: a, issuer: ~}", .wrongKind(expected: "a text"), ".issuer", 5),
        ("{identity: '', issuer: b}", .wrongKind(expected: "a text"), ".identity", 5),
        // P-33 and A-54
        (
            "{identityRegexp: '(', issuer: b}", .badPattern("(", reason: "missing closing parenthesis, at byte 1"),
            ".identityRegexp", 5
        ),
        ("{subjectRegExp: a, issuer: b}", .unknownKey("subjectRegExp", known: signers), "", 5),
        (
            "{identityPattern: 'https://github.com/org**', issuer: b}",
            .badPattern("https://github.com/org**", reason: "** must stand alone between slashes"), ".identityPattern",
            5
        ),
        ("{key: keys/a.pub, issuer: b}", .notForKeys("issuer"), ".issuer", 5),
        ("{key: keys/a.pub, extensions: {12: a}}", .notForKeys("extensions"), ".extensions", 5),
        ("{key: keys/a.pub, notaryIdentity: '*'}", .conflict("key", "notaryIdentity"), "", 5),
        ("{notaryIdentity: '*', issuer: b}", .notForKeys("issuer"), ".issuer", 5),
        ("{notaryIdentity: '*', reference: a}", .notForNotary("reference"), ".reference", 5),
        ("{notaryIdentity: 'O=acme'}", .badNotaryIdentity("O=acme"), ".notaryIdentity", 5),
        ("{openPGPKey: 08CD26E4}", .badFingerprint("08CD26E4"), ".openPGPKey", 5),
        (
            "{openPGPKey: '+fCD26E446E2E95249B7A405E932F44B23E8DD43'}",
            .badFingerprint("+fCD26E446E2E95249B7A405E932F44B23E8DD43"), ".openPGPKey", 5
        ),
        ("{openPGPKey: ''}", .wrongKind(expected: "a text"), ".openPGPKey", 5),
        (
            "{key: keys/a.pub, reference: 'a**'}", .badPattern("a**", reason: "** must stand alone between slashes"),
            ".reference", 5
        ),
        (
            "{identity: a, issuer: b, extensions: {12: a, source-repository-uri: b}}",
            .duplicateKey("source-repository-uri"), ".extensions.source-repository-uri", 5
        ),
    ]

    @Test(arguments: certificates.indices)
    func refusesASigner(index: Int) throws {
        let expected = Self.certificates[index]
        let error = try #require(PolicyText.problem(PolicyText.signatures("anyOf: [\(expected.text)]")))
        #expect(error.problem == expected.problem)
        #expect(error.path == "rules[0].signatures.anyOf[0]" + expected.path)
        #expect(error.line == expected.line)
    }

    @Test func readsSignersOfOtherFormats() throws {
        let fingerprint = "08cd 26e4 46e2 e952 49b7  a405 e932 f44b 23e8 dd43"
        let text = PolicyText.signatures(
            "anyOf: [{notaryIdentity: 'x509.subject: C=US, ST=WA, O=acme'}, {openPGPKey: '\(fingerprint)'}]"
        )
        let policy = try PolicyText.read(text)
        let signers = policy.rules[0].requirements[0].anyOf
        #expect(
            signers.map(\.identity) == [
                "notary x509.subject: C=US, ST=WA, O=acme", "openpgp 08CD26E446E2E95249B7A405E932F44B23E8DD43",
            ]
        )
        #expect((policy.asksForNotary, policy.asksForOpenPGP) == (true, true))
        let plain = try PolicyText.read(PolicyText.signatures("anyOf: [{key: keys/a.pub}]"))
        #expect((plain.asksForNotary, plain.asksForOpenPGP) == (false, false))
        for key in ["notaryIdentity: '*'", "openPGPKey: \(String(repeating: "0", count: 40))"] {
            let attestations = "[{predicateType: x, anyOf: [{\(key)}]}]"
            let problem = PolicyText.problem("version: 1\nrules:\n- {images: [a], attestations: \(attestations)}\n")
            #expect(problem?.problem == .notForAttestations(String(key.prefix { $0 != ":" })))
        }
    }

    @Test func refusesAnExtensionThatNobodyKnows() throws {
        let text = PolicyText.signatures("anyOf: [{identity: a, issuer: b, extensions: {repository: x}}]")
        let error = try #require(PolicyText.problem(text))
        guard case .unknownExtension("repository", let known) = error.problem else {
            Issue.record("\(error)")
            return
        }
        #expect(known.contains("source-repository-uri"))
    }

    @Test func refusesTwoRulesOfOneName() throws {
        let rule = "- {name: x, images: [a], signatures: {anyOf: [\(Self.one)]}}"
        let error = try #require(PolicyText.problem("version: 1\nrules:\n\(rule)\n\(rule)\n"))
        #expect(error == PolicyFileError(.duplicateRule("x"), path: "rules[1]", line: 4))
    }

    @Test func refusesAnnotationsOfAttestationsAndTheTypeOfSignatures() throws {
        func attested(_ type: String, _ signer: String) -> PolicyFileError.Problem? {
            let attestations = "[{predicateType: \(type), anyOf: [\(signer)]}]"
            return PolicyText.problem("version: 1\nrules:\n- {images: [a], attestations: \(attestations)}\n")?.problem
        }
        #expect(
            attested("https://a.example", "{key: keys/a.pub, annotations: {a: b}}")
                == .notForAttestations("annotations")
        )
        let type = "https://sigstore.dev/cosign/sign/v1"
        #expect(attested(type, Self.one) == .signatureType(type))
        #expect(attested("https://a.example", Self.one) == nil)
    }

    @Test func refusesTheSameKeyTwiceAmongMembers() throws {
        let error = try #require(
            PolicyText.problem(PolicyText.signatures("anyOf: [{key: keys/a.pub, key: keys/b.pub}]"))
        )
        #expect(error.problem == .duplicateKey("key"))
        #expect(error.line == 5)
    }
}
