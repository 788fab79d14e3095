internal import CaseIndex
internal import Cryptography
internal import Signing
internal import Sigstore

/// The head of a custody log as it was noted outside of the case: by hand, in a file, or in a signed note.
///
/// As a note it is a checkpoint (C2SP `tlog-checkpoint`): the log's name, the number of its last record, and that record's
/// hash. The name is made from the hash of the first record, and so tells one case from another.
struct CaseHead {
    /// The number of the record, when it is known.
    let record: Int64?
    /// Its hash, 64 hexadecimal digits.
    let hash: String
    /// The note it was read from.
    let note: Checkpoint?

    /// What the text of a note says of the head of a log.
    static func noteText(first: ActivityRecord, last: ActivityRecord) -> String {
        let root = Base64.encode(Hexadecimal.decode(last.hash) ?? [])
        return "\(origin(first))\n\(last.id)\n\(root)\n"
    }

    /// The name of a log.
    static func origin(_ first: ActivityRecord) -> String {
        "raireki-case/\(first.hash.prefix(32))"
    }

    /// Reads what `--head` names: a hash, `NUMBER HASH` or `NUMBER:HASH`, or a file with one of these or a note.
    ///
    /// - Throws: ``CommandError``.
    init(option text: String) throws {
        if let head = Self(line: text) {
            self = head
            return
        }
        let bytes = try OutputFile.read(text, limit: Self.maximumBytes)
        guard let content = String(validating: bytes, as: UTF8.self) else {
            throw CommandError.notAHead(path: text, reason: "not text")
        }
        if let head = Self(line: content) {
            self = head
            return
        }
        do {
            self.init(try Checkpoint(parsing: content))
        } catch {
            throw CommandError.notAHead(path: text, reason: "\(error)")
        }
    }

    private init(_ note: Checkpoint) {
        record = note.treeSize
        hash = Hexadecimal.encode(note.rootHash)
        self.note = note
    }

    private init?(line text: String) {
        let words = text.split { $0 == " " || $0 == ":" || $0.isNewline }.map(String.init)
        guard (1...2).contains(words.count), let hash = words.last, hash.utf8.count == 64,
            let bytes = Hexadecimal.decode(hash.lowercased())
        else { return nil }
        record = words.count == 2 ? Int64(words[0]) : nil
        guard words.count == 1 || record != nil else { return nil }
        self.hash = Hexadecimal.encode(bytes)
        note = nil
    }

    /// No note is larger, in bytes.
    private static let maximumBytes = 64 << 10
}
