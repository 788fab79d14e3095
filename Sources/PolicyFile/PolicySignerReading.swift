internal import Cryptography
internal import Notary
internal import Patterns
internal import Sigstore
internal import StrictJSON
internal import Verification

/// Reads who a policy asks for.
enum PolicySignerReading {
    private static let names = ["identity", "identityPattern", "identityRegexp"]
    private static let issuers = ["issuer", "issuerPattern", "issuerRegexp"]

    static func signer(
        _ node: PolicyNode,
        _ kind: SignedKind,
        key: (PolicyNode) throws(PolicyFileError) -> PublicKey
    ) throws(PolicyFileError) -> PolicySigner {
        let fields = try node.fields(
            names + issuers + ["anyIdentity", "anyIssuer", "extensions"] + others + ["annotations", "reference"]
        )
        if let annotations = fields["annotations"], kind != .signature {
            throw annotations.error(.notForAttestations("annotations"))
        }
        var reference: SegmentPattern?
        if let node = fields["reference"] { reference = try pattern(node) }
        return PolicySigner(
            who: try who(fields, kind, key: key),
            annotations: try pairs(fields["annotations"]),
            reference: reference
        )
    }

    private static func who(
        _ fields: PolicyFields,
        _ kind: SignedKind,
        key: (PolicyNode) throws(PolicyFileError) -> PublicKey
    ) throws(PolicyFileError) -> PolicySigner.Who {
        guard let other = try fields.oneOf(others) else { return try certificate(fields) }
        for member in fields.members where ![other.key, "annotations", "reference"].contains(member.key) {
            throw member.value.error(.notForKeys(member.key))
        }
        guard other.key != "key" else { return .key(try key(other.value), file: try other.value.text()) }
        // Both formats sign images, and nothing that is said of them.
        guard kind == .signature else { throw other.value.error(.notForAttestations(other.key)) }
        guard other.key == "notaryIdentity" else { return .openPGP(fingerprint: try fingerprint(other.value)) }
        if let reference = fields["reference"] { throw reference.error(.notForNotary("reference")) }
        let text = try other.value.text()
        guard let identity = NotaryIdentity(text) else { throw other.value.error(.badNotaryIdentity(text)) }
        return .notary(identity)
    }

    /// Signers who are not known by a certificate of Fulcio's kind.
    private static let others = ["key", "notaryIdentity", "openPGPKey"]

    /// A whole fingerprint, with or without the blanks that GnuPG puts between its digits.
    private static func fingerprint(_ node: PolicyNode) throws(PolicyFileError) -> String {
        let text = try node.text()
        let digits = String(decoding: text.utf8.filter { $0 != 0x20 }, as: UTF8.self)
        guard [40, 64].contains(digits.utf8.count), Hexadecimal.decode(digits.lowercased()) != nil
        else { throw node.error(.badFingerprint(text)) }
        return digits.uppercased()
    }

    private static func certificate(_ fields: PolicyFields) throws(PolicyFileError) -> PolicySigner.Who {
        let name = try fields.oneOf(names + ["anyIdentity"])
        let issuer = try fields.oneOf(issuers + ["anyIssuer"])
        let isAnyName = try fields.flag("anyIdentity")
        let isAnyIssuer = try fields.flag("anyIssuer")
        guard name != nil, name?.key != "anyIdentity" || isAnyName else { throw fields.node.error(.identityMissing) }
        guard issuer != nil, issuer?.key != "anyIssuer" || isAnyIssuer else { throw fields.node.error(.issuerMissing) }
        guard !(isAnyName && isAnyIssuer) else { throw fields.node.error(.anybody) }
        return .certificate(
            name: isAnyName ? nil : try name.map(text),
            issuer: isAnyIssuer ? nil : try issuer.map(text),
            extensions: try extensions(fields["extensions"])
        )
    }

    private static func text(_ field: (key: String, value: PolicyNode)) throws(PolicyFileError) -> TextPattern {
        if field.key.utf8.elementsEqual("identity".utf8) || field.key.utf8.elementsEqual("issuer".utf8) {
            return .exactly(try field.value.text())
        }
        guard field.key.hasSuffix("Regexp") else { return .like(try pattern(field.value)) }
        let source = try field.value.text()
        do {
            return .matching(try WholeMatchPattern(source))
        } catch {
            switch error {
            case .malformed(_, let offset, let reason):
                throw field.value.error(.badPattern(source, reason: "\(reason), at byte \(offset)"))
            }
        }
    }

    /// A pattern of segments.
    static func pattern(_ node: PolicyNode) throws(PolicyFileError) -> SegmentPattern {
        let source = try node.text()
        do {
            return try SegmentPattern(source)
        } catch {
            throw node.error(.badPattern(source, reason: "** must stand alone between slashes"))
        }
    }

    private static func extensions(_ node: PolicyNode?) throws(PolicyFileError) -> [FulcioExtension: String] {
        var result: [FulcioExtension: String] = [:]
        for member in try node?.members() ?? [] {
            guard let known = FulcioExtension(named: member.key) else {
                let names = FulcioExtension.allCases.map(\.optionName)
                throw member.value.error(.unknownExtension(member.key, known: names))
            }
            guard result.updateValue(try member.value.text(), forKey: known) == nil
            else { throw member.value.error(.duplicateKey(known.optionName)) }
        }
        return result
    }

    private static func pairs(_ node: PolicyNode?) throws(PolicyFileError) -> [(key: String, value: String)] {
        var pairs: [(key: String, value: String)] = []
        for member in try node?.members() ?? [] {
            guard case .text(let value, _) = member.value.content
            else { throw member.value.error(.wrongKind(expected: "a text")) }
            pairs.append((member.key, value))
        }
        return pairs
    }
}

extension PolicySigner {
    /// Whether both ask for the same, in whatever order.
    func isSame(as other: PolicySigner) -> Bool {
        func sorted(_ signer: PolicySigner) -> String {
            let pairs = signer.annotations.map { JSONValue.array([JSONValue($0.key), JSONValue($0.value)]).canonical }
            let own = PolicySigner(who: signer.who, reference: signer.reference)
            return own.json.canonical + pairs.sorted().joined()
        }
        return sorted(self) == sorted(other)
    }
}
