internal import Cryptography
internal import Presentation
internal import StrictJSON
internal import TUF

/// What `trust update` has verified.
struct TrustUpdatePage {
    private let files: [VerifiedFile]
    private let target: String
    private let digest: Digest
    private let time: Timestamp

    init(_ files: [VerifiedFile], _ target: String, _ bytes: [UInt8], _ time: Timestamp) {
        self.files = files
        self.target = target
        self.time = time
        digest = Digest(hashing: bytes)
    }

    /// A line for each file: its version, its distinct signers, its end.
    var text: String {
        var rows = [["ROLE", "VERSION", "SIGNED BY", "EXPIRES", "FILE"]]
        for file in files {
            rows.append([
                Self.shown(file.role), "\(file.version)", Self.signers(file), "\(file.expires)", Self.shown(file.file),
            ])
        }
        return TrustColumns.text(rows, indentation: 0)
            + "\n\(Self.shown(target))  \(digest)\nverified as of \(time)\n"
    }

    /// How many distinct keys signed, and how many must; for a root first those of the root before it, then its own.
    private static func signers(_ file: VerifiedFile) -> String {
        file.signatures.map { "\($0.signers.count) \($0.signers.count == 1 ? "key" : "keys"), needs \($0.threshold)" }
            .reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
            .joined(separator: "; ")
    }

    /// The document.
    var json: JSONValue {
        [
            "schema": "urn:raireki:trust-update:1",
            "verifiedAsOf": JSONValue(time.description),
            "target": ["file": JSONValue(target), "digest": JSONValue(digest.description)],
            "metadata": .array(files.map(Self.json)),
        ]
    }

    private static func json(_ file: VerifiedFile) -> JSONValue {
        [
            "file": JSONValue(file.file),
            "role": JSONValue(file.role),
            "version": JSONValue(file.version),
            "expires": JSONValue(file.expires.description),
            "signatures": .array(
                file.signatures.map { count in
                    [
                        "threshold": JSONValue(count.threshold),
                        "signers": .array(count.signers.map { JSONValue($0) }),
                        "rejected": .array(count.rejected.map { JSONValue($0) }),
                    ]
                }
            ),
        ]
    }

    private static func shown(_ text: String) -> String {
        EscapedText(text, limit: 500).text
    }
}
