package import CaseIndex
package import Correlation
package import Cryptography
internal import StrictJSON

/// Something of an image that two images state differently; nil on the side that does not state it.
package struct SettingChange: Hashable, Sendable {
    /// What it is.
    package let name: String
    /// What the first image has.
    package let before: String?
    /// What the second image has.
    package let after: String?

    /// The differences of two tables, by name.
    static func changes(_ before: [String: String], _ after: [String: String]) -> [SettingChange] {
        Set(before.keys).union(after.keys).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.compactMap { name in
            let pair = (before[name], after[name])
            if let one = pair.0, let other = pair.1, one.utf8.elementsEqual(other.utf8) { return nil }
            return SettingChange(name: name, before: pair.0, after: pair.1)
        }
    }
}

/// Two lists that begin alike.
package struct ListChange<Element: Hashable & Sendable>: Hashable, Sendable {
    /// How many they have in common at the beginning.
    package let shared: Int
    /// What the first has after that.
    package let before: [Element]
    /// What the second has after that.
    package let after: [Element]

    init(_ before: [Element], _ after: [Element]) {
        let common = zip(before, after).prefix { $0 == $1 }.count
        shared = common
        self.before = Array(before.dropFirst(common))
        self.after = Array(after.dropFirst(common))
    }

    /// Whether the lists are the same.
    package var isEmpty: Bool { before.isEmpty && after.isEmpty }
}

/// What an image is beside its files, for comparing.
package struct ImageSettings: Sendable {
    /// Members of the configuration; variables of the environment are named `Env NAME`.
    package private(set) var configuration: [String: String] = [:]
    /// Labels.
    package private(set) var labels: [String: String] = [:]
    /// What the steps of the history ran.
    package private(set) var history: [String] = []
    /// Signer and facts, each with its values and what they rest on.
    package private(set) var provenance: [String: String] = [:]
    /// The layers' digests.
    package let layers: [Digest]

    /// Reads the settings of an image.
    ///
    /// - Parameters:
    ///   - stack: The image's layers.
    ///   - trace: What is known of how it came to be; of the index, when that is what was named.
    ///   - reader: The case.
    /// - Throws: ``CaseError``.
    package init(_ stack: ImageStack, _ trace: Trace, _ reader: CaseReader) throws {
        layers = stack.layers.map(\.named)
        if let digest = stack.configuration, let bytes = try reader.content(digest),
            let document = try? JSONValue(parsing: bytes)
        {
            readConfiguration(document)
        }
        try readProvenance(stack, trace, reader)
    }

    private mutating func readConfiguration(_ document: JSONValue) {
        for member in document.object?.members ?? [] {
            switch member.name.text {
            case "rootfs": continue
            case "history":
                history = (member.value.array ?? []).map { step in
                    step["created_by"]?.string ?? step["comment"]?.string ?? ""
                }
            case "config": readRunning(member.value)
            case let name: configuration[name] = Self.text(member.value)
            }
        }
    }

    private mutating func readRunning(_ value: JSONValue) {
        for member in value.object?.members ?? [] {
            switch member.name.text {
            case "Labels":
                for label in member.value.object?.members ?? [] { labels[label.name.text] = Self.text(label.value) }
            case "Env":
                for variable in (member.value.array ?? []).compactMap(\.string) {
                    let bytes = Array(variable.utf8)
                    let name = bytes.prefix { $0 != UInt8(ascii: "=") }
                    let value = String(decoding: bytes.dropFirst(name.count + 1), as: UTF8.self)
                    configuration["Env \(String(decoding: name, as: UTF8.self))"] = value
                }
            case let name: configuration[name] = Self.text(member.value)
            }
        }
    }

    private static func text(_ value: JSONValue) -> String {
        value.string ?? value.compact
    }

    private mutating func readProvenance(_ stack: ImageStack, _ trace: Trace, _ reader: CaseReader) throws {
        let signers = try ImageSigner.signers(of: stack.image, in: reader).map { signer -> String in
            guard let verdict = signer.verdict else { return "signed, not verified yet" }
            let name = verdict.identity ?? signer.claimedIdentity ?? "a key"
            return verdict.isAuthentic ? "\(name) (\(verdict.identityIssuer ?? "key"))" : "not authentic: \(name)"
        }
        provenance["signer"] = signers.isEmpty ? "unsigned" : Set(signers).sorted().joined(separator: ", ")
        for row in trace.rows where row.fact != .imageDigest {
            for (aspect, values) in Dictionary(grouping: row.values, by: \.value.aspect) {
                let name = aspect == .itself ? row.fact.rawValue : "\(row.fact.rawValue) (\(aspect.rawValue))"
                let texts = Dictionary(grouping: values) { Array($0.value.normal.utf8) }.map { bytes, same in
                    let bases = Set(same.map(\.basis.rawValue)).sorted().joined(separator: ", ")
                    return "\(String(decoding: bytes, as: UTF8.self)) [\(bases)]"
                }
                provenance[name] = texts.sorted().joined(separator: "; ")
            }
        }
    }

    // MARK: - Comparing

    /// What the configurations state differently.
    package func configurationChanges(to other: ImageSettings) -> [SettingChange] {
        SettingChange.changes(configuration, other.configuration)
    }

    /// The labels that differ.
    package func labelChanges(to other: ImageSettings) -> [SettingChange] {
        SettingChange.changes(labels, other.labels)
    }

    /// What differs in how the images came to be.
    package func provenanceChanges(to other: ImageSettings) -> [SettingChange] {
        SettingChange.changes(provenance, other.provenance)
    }

    /// The steps that differ.
    package func historyChange(to other: ImageSettings) -> ListChange<String> {
        ListChange(history, other.history)
    }

    /// The layers that differ.
    package func layerChange(to other: ImageSettings) -> ListChange<Digest> {
        ListChange(layers, other.layers)
    }
}
