internal import Cryptography

/// How documents write a number or a commit as the end of an address, so that an index over whole texts finds it.
struct AddressForm {
    /// What stands before it.
    let markers: [String]
    /// What stands before any number that may stand under the same keys: these are passed over in one step as well.
    var steps: [String]
    /// Whether a key is one under which such addresses stand.
    let hasKey: @Sendable (String) -> Bool

    private static let jobMarkers = ["/-/jobs/"]
    private static let runMarkers = ["/-/pipelines/", "/actions/runs/"]
    private static let commitMarkers = ["/-/commit/", "@", "#"]

    /// The forms in which a criterion's value is written.
    static func form(of fact: Fact) -> AddressForm? {
        switch fact {
        case .job: AddressForm(markers: jobMarkers, steps: jobMarkers + runMarkers, hasKey: isRunKey)
        case .pipeline: AddressForm(markers: runMarkers, steps: jobMarkers + runMarkers, hasKey: isRunKey)
        case .runner:
            AddressForm(
                markers: ["/-/runners/"],
                steps: ["/-/runners/"],
                hasKey: { $0.beforeSuffix("builder/id") != nil }
            )
        case .commit: AddressForm(markers: commitMarkers, steps: commitMarkers, hasKey: isSourceKey)
        case .ref, .project, .workflow, .trigger, .user, .time, .tag, .imageDigest: nil
        }
    }

    /// Whether a key is one under which jobs and runs are named, by its last words.
    @Sendable static func isRunKey(_ key: String) -> Bool {
        if key.hasSameBytes(as: "1.3.6.1.4.1.57264.1.21") { return true }
        let words = key.utf8.split(separator: UInt8(ascii: "/")).suffix(2).joined(separator: [UInt8(ascii: "/")])
        let last = String(decoding: Array(words), as: UTF8.self).lowercased()
        return ["job", "pipeline", "run_id", "invocation"].contains { last.splitOnce(at: $0) != nil }
    }

    @Sendable private static func isSourceKey(_ key: String) -> Bool {
        ["/uri", "/source", ".commiturl"].contains { key.beforeSuffix($0) != nil }
    }

    /// What stands in a text before the number or commit; nil when it is no such address.
    func prefix(of text: String) -> String? {
        for marker in markers {
            guard let (before, after) = text.splitOnce(at: marker) else { continue }
            if let first = after.utf8.first, Self.isHexadecimal(first) { return before + marker }
        }
        return nil
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }
}
