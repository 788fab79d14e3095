internal import CaseIndex
internal import Cryptography

/// The parts of a name that evidence gives an image: `host/path:tag@digest`, each of which may be missing.
struct StatedName {
    /// The registry, with its port; nil when the name begins with a path.
    let host: String?
    /// The repository; empty when the name is a tag alone.
    let path: String
    /// The tag.
    let tag: String?

    /// The annotation under which layouts keep a whole name, or a tag alone (OCI image-spec, annotations.md).
    private static let layoutName = "org.opencontainers.image.ref.name"

    init(_ text: String) {
        let bare = text.splitOnce(at: "@")?.before ?? text
        let parts = bare.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        let last = parts.last.map { String(decoding: $0, as: UTF8.self) } ?? ""
        let (name, tag) = last.splitOnce(at: ":") ?? (last, nil as String?)
        self.tag = tag.flatMap { $0.isEmpty ? nil : $0 }
        var folders = parts.dropLast().map { String(decoding: $0, as: UTF8.self) }
        let first = folders.first ?? ""
        let isHost = first.utf8.contains(UInt8(ascii: ".")) || first.utf8.contains(UInt8(ascii: ":"))
        host = isHost || first.hasSameBytes(as: "localhost") ? first : nil
        if host != nil { folders.removeFirst() }
        path = (folders + [name]).joined(separator: "/")
    }

    /// The name that a record gives; one that is kept of a tag's history names no tag of now.
    init?(_ record: ReferenceRecord) {
        guard !record.isEarlier else { return nil }
        let isTagAlone =
            record.key.hasSameBytes(as: Self.layoutName)
            && !record.name.utf8.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: ":") }
        self = isTagAlone ? StatedName(host: nil, path: "", tag: record.name) : StatedName(record.name)
    }

    private init(host: String?, path: String, tag: String?) {
        self.host = host
        self.path = path
        self.tag = tag
    }

    /// Whether both may name one repository: hosts are compared where both are stated.
    func isSameRepository(as other: StatedName) -> Bool {
        guard path.hasSameBytes(as: other.path) else { return false }
        guard let host, let theirs = other.host else { return true }
        return host.hasSameBytes(as: theirs)
    }
}
