internal import CaseIndex
internal import Cryptography
internal import Presentation

/// How to check a report with `sha256sum`, `sqlite3` and `openssl` alone.
enum CheckingSection {
    static let anchor = "check"

    static func node(_ dossier: CaseDossier) -> HTMLNode {
        let last = dossier.activities.last
        let steps: [(String, String)] = [
            ("The digest of evidence that is one file", "sha256sum FILE"),
            ("The digest of evidence that is a folder: a line a file, its path and content with their lengths", folder),
            (
                "The hash of a run, from the case: here of the last one, \(last?.hash.prefix(16) ?? "")…",
                run(last?.id ?? 1)
            ),
            ("The head of the custody log, when it was sealed with a key (raireki case seal --sign-key)", head),
        ]
        return Section.major(
            anchor,
            "How to check this report",
            [
                HTMLNode(
                    "p",
                    [],
                    "Nothing here has to be believed on this program's word. These lines need sha256sum, sqlite3 and openssl alone; case.raireki stands for the case's file."
                )
            ]
                + steps.map { title, command in
                    HTMLNode(
                        "div",
                        [.class("step")],
                        [HTMLNode("h3", [], title), Command.block(command, label: "Commands: \(title)")]
                    )
                } + [
                    HTMLNode(
                        "p",
                        [],
                        """
                        Of a signature in simple signing, the payload, the certificate and the signature's bytes lie in the \
                        case; the lines that check them stand with each such signature above. With this program, \
                        raireki case verify --evidence FOLDER computes everything again, and the same evidence in a new case \
                        gives the same claims, checks and findings.
                        """
                    )
                ]
        )
    }

    private static let folder = """
        cd FOLDER && find . -type f -printf '%P\\n' | LC_ALL=C sort | while IFS= read -r f; do
          printf '%s %s file %s sha256:%s\\n' "$(printf %s "$f" | wc -c)" "$f" \\
            "$(stat -c %s "$f")" "$(sha256sum < "$f" | cut -d' ' -f1)"
        done | sha256sum
        """

    private static func run(_ id: Int64) -> String {
        """
        printf '%s\\n' "$(sqlite3 -readonly case.raireki "SELECT 'raireki-custody-v2' || char(10) ||
          group_concat(length(CAST(f AS BLOB)) || ' ' || f, char(10)) FROM (SELECT value AS f FROM activity,
          json_each(json_array(activity.id, startedAt, verb, arguments, toolVersion, result, content, previousHash))
          WHERE activity.id = \(id))")" | sha256sum
        """
    }

    private static let head = """
        sed '/^$/,$d' head.note > text
        tail -n 1 head.note | cut -d' ' -f3 | base64 -d | tail -c +5 > signature
        openssl pkeyutl -verify -rawin -pubin -inkey key.pub -in text -sigfile signature   # Ed25519
        openssl dgst -sha256 -verify key.pub -signature signature text                     # ECDSA
        """
}

/// Lines for a shell.
enum Command {
    static func block(_ text: String, label: String) -> HTMLNode {
        HTMLNode(
            "pre",
            [HTMLAttribute("tabindex", "0"), HTMLAttribute("role", "region"), HTMLAttribute("aria-label", label)],
            [HTMLNode("code", [], text)]
        )
    }
}

/// How to check one signature of simple signing by hand.
enum SignatureCommand {
    /// The lines; nil for signatures that are stored otherwise, or have no certificate.
    static func text(_ record: SignatureRecord, hasCertificate: Bool) -> String? {
        guard record.kind == .simpleSigning, hasCertificate, isPlain(record.id) else { return nil }
        return """
            sqlite3 -readonly case.raireki "SELECT writefile('payload', bytes) FROM content WHERE digest = '\(record.payload)';
              SELECT writefile('certificate', der) FROM certificate WHERE signatureID = '\(record.id)' LIMIT 1"
            sqlite3 -readonly case.raireki "SELECT json_extract(annotations,
              '$.\\"dev.cosignproject.cosign/signature\\"') FROM signature WHERE id = '\(record.id)'" | base64 -d > signature
            openssl x509 -inform DER -in certificate -pubkey -noout > key.pub
            sha256sum payload
            openssl dgst -sha256 -verify key.pub -signature signature payload
            """
    }

    /// Only digits and small letters: nothing that a shell or SQL would take apart.
    private static func isPlain(_ id: String) -> Bool {
        id.utf8.allSatisfy {
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ":")
        }
    }
}
