internal import CaseIndex
package import Correlation
internal import Cryptography
internal import Presentation

/// A timeline as a body file, which `mactime` of The Sleuth Kit sorts (Sleuth Kit wiki, "Body file", version 3):
/// `MD5|name|inode|mode|UID|GID|size|atime|mtime|ctime|crtime`, times in seconds since 1970, 0 where none is known.
package enum BodyFile {
    /// A line an event; every event states one time, which stands as the time of modification.
    ///
    /// - Throws: Whatever `put` throws.
    package static func write(_ timeline: Timeline, to put: @escaping ReportSink) throws {
        var sink = BufferedSink(put)
        for event in timeline.events { try sink.write(line(event) + "\n") }
        try sink.flush()
    }

    private static func line(_ event: TimelineEvent) -> String {
        guard let entry = event.file?.entry else {
            return "0|\(name("[\(event.kind.rawValue)] \(event.what)"))|0|0|0|0|0|0|\(event.time.seconds)|0|0"
        }
        let times = ["atime", "ctime"].map { detail in
            entry.details.first { $0.name == detail }.flatMap { seconds($0.value) } ?? 0
        }
        let size = entry.content?.size ?? 0
        let fields = [
            "0", name(event.what), "\(event.file?.id ?? 0)", mode(entry), "\(entry.userID)", "\(entry.groupID)",
            "\(size)",
            "\(times[0])", "\(entry.modified)", "\(times[1])", "0",
        ]
        return fields.joined(separator: "|")
    }

    /// A name in which nothing ends the field or the line.
    private static func name(_ text: String) -> String {
        EscapedText(text, limit: 1_000).text.replacing("|", with: "\\u{7c}")
    }

    /// Kind and permissions as `fls` writes them.
    private static func mode(_ entry: FileEntryRecord) -> String {
        let letters: [(UInt32, String)] = [
            (0o400, "r"), (0o200, "w"), (0o100, "x"), (0o040, "r"), (0o020, "w"), (0o010, "x"), (0o004, "r"),
            (0o002, "w"), (0o001, "x"),
        ]
        return "r/r" + letters.map { entry.mode & $0.0 != 0 ? $0.1 : "-" }.joined()
    }

    /// Whole seconds of a time that a header writes as a decimal fraction.
    private static func seconds(_ bytes: [UInt8]) -> Int64? {
        Int64(String(decoding: bytes.prefix { $0 != UInt8(ascii: ".") }, as: UTF8.self))
    }
}
