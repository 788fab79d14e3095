package import Cryptography
internal import Patterns
package import Verification

/// Reads policy documents: YAML, version 1.
///
/// Everything is strict: what is not understood is refused, because a demand that is overlooked is one that is met.
package struct PolicyFile {
    /// Reads a key file that the document names.
    package typealias KeyReader = (_ file: String) throws -> PublicKey

    /// No document is larger, in bytes.
    package static let maximumBytes = YAMLReading.maximumBytes

    private let readKey: KeyReader
    private var keys: [(file: String, key: PublicKey)] = []

    /// The policy in a document.
    ///
    /// - Parameters:
    ///   - bytes: The document.
    ///   - name: Its name, for people.
    ///   - readKey: Reads the key files that it names.
    /// - Returns: The policy.
    /// - Throws: ``PolicyFileError``.
    package static func parse(
        _ bytes: [UInt8],
        name: String,
        readKey: @escaping KeyReader
    ) throws(PolicyFileError) -> ImagePolicy {
        var reading = PolicyFile(readKey: readKey)
        let rules = try reading.rules(try YAMLReading.root(bytes))
        return ImagePolicy(name: name, digest: Digest(hashing: bytes), rules: rules)
    }

    private mutating func rules(_ root: PolicyNode) throws(PolicyFileError) -> [PolicyRule] {
        // The version first: another one may have other keys.
        if case .members(let members) = root.content, let version = members.first(where: { $0.key == "version" }) {
            guard case .text("1", true) = version.value.content else {
                guard case .text(let other, _) = version.value.content
                else { throw version.value.error(.wrongKind(expected: "a number")) }
                throw version.value.error(.unsupportedVersion(other))
            }
        }
        let fields = try root.fields(["version", "rules"])
        _ = try fields.required("version")
        var rules: [PolicyRule] = []
        for (index, node) in try fields.required("rules").list().enumerated() {
            let rule = try self.rule(node, number: index + 1)
            guard !rules.contains(where: { $0.name.utf8.elementsEqual(rule.name.utf8) })
            else { throw node.error(.duplicateRule(rule.name)) }
            rules.append(rule)
        }
        return rules
    }

    private mutating func rule(_ node: PolicyNode, number: Int) throws(PolicyFileError) -> PolicyRule {
        let fields = try node.fields(["name", "images", "signatures", "attestations"])
        let name = try fields["name"]?.text() ?? "\(number)"
        var images: [ImagePattern] = []
        for pattern in try fields.required("images").list() { images.append(try image(pattern)) }
        var requirements: [PolicyRequirement] = []
        if let signatures = fields["signatures"] {
            requirements.append(try requirement(try signatures.fields(Self.requirementKeys), .signature))
        }
        for attestation in try fields["attestations"]?.list() ?? [] {
            let fields = try attestation.fields(["predicateType"] + Self.requirementKeys)
            let type = try fields.required("predicateType")
            let kind = SignedKind(predicateType: try type.text())
            guard kind != .signature else { throw type.error(.signatureType(try type.text())) }
            requirements.append(try requirement(fields, kind))
        }
        guard !requirements.isEmpty else { throw node.error(.nothingRequired) }
        return PolicyRule(name: name, images: images, requirements: requirements)
    }

    private func image(_ node: PolicyNode) throws(PolicyFileError) -> ImagePattern {
        let text = try node.text()
        if text.utf8.starts(with: "sha256:".utf8) || text.utf8.starts(with: "sha512:".utf8) {
            guard let digest = try? Digest(parsing: text) else { throw node.error(.badDigest(text)) }
            return .digest(digest)
        }
        return .name(try PolicySignerReading.pattern(node))
    }

    private static let requirementKeys = ["allOf", "anyOf", "minimum"]

    private mutating func requirement(
        _ fields: PolicyFields,
        _ kind: SignedKind
    ) throws(PolicyFileError) -> PolicyRequirement {
        let all = try signers(fields["allOf"], kind)
        let any = try signers(fields["anyOf"], kind)
        guard !all.isEmpty || !any.isEmpty else { throw fields.node.error(.nobodyNamed) }
        guard Self.distinct(all) == all.count
        else { throw (fields["allOf"] ?? fields.node).error(.threshold(all.count, of: Self.distinct(all))) }
        var minimum = 1
        if let node = fields["minimum"] {
            guard !any.isEmpty else { throw node.error(.minimumWithoutAlternatives) }
            minimum = try node.number()
            guard (1...Self.distinct(any)).contains(minimum)
            else { throw node.error(.threshold(minimum, of: Self.distinct(any))) }
        }
        return PolicyRequirement(kind: kind, allOf: all, anyOf: any, minimum: minimum)
    }

    /// How many different signers can sign: the same one with other annotations or extensions is no other.
    private static func distinct(_ signers: [PolicySigner]) -> Int {
        Set(signers.map(\.identity)).count
    }

    private mutating func signers(
        _ node: PolicyNode?,
        _ kind: SignedKind
    ) throws(PolicyFileError) -> [PolicySigner] {
        var signers: [PolicySigner] = []
        for entry in try node?.list() ?? [] {
            let signer = try PolicySignerReading.signer(entry, kind) { file throws(PolicyFileError) in
                try key(file)
            }
            guard !signers.contains(where: { $0.isSame(as: signer) }) else { throw entry.error(.duplicateSigner) }
            signers.append(signer)
        }
        return signers
    }

    /// A key; one that another file has as well would count twice for whoever counts files.
    private mutating func key(_ node: PolicyNode) throws(PolicyFileError) -> PublicKey {
        let file = try node.text()
        if let known = keys.first(where: { $0.file == file }) { return known.key }
        let key: PublicKey
        do {
            key = try readKey(file)
        } catch {
            throw node.error(.keyUnusable(file: file, reason: "\(error)"))
        }
        if let other = keys.first(where: { $0.key == key }) { throw node.error(.sameKey(as: other.file)) }
        keys.append((file, key))
        return key
    }
}
