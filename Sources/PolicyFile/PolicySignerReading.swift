internal import Cryptography
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
            names + issuers + ["anyIdentity", "anyIssuer", "extensions", "key", "annotations"]
        )
        if let annotations = fields["annotations"], kind != .signature {
            throw annotations.error(.notForAttestations("annotations"))
        }
        let annotations = try pairs(fields["annotations"])
        guard let file = fields["key"] else {
            return PolicySigner(who: try certificate(fields), annotations: annotations)
        }
        for member in fields.members where !["key", "annotations"].contains(member.key) {
            throw member.value.error(.notForKeys(member.key))
        }
        return PolicySigner(who: .key(try key(file), file: try file.text()), annotations: annotations)
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
            return PolicySigner(who: signer.who).json.canonical + pairs.sorted().joined()
        }
        return sorted(self) == sorted(other)
    }
}
