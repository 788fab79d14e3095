internal import Cryptography
internal import Signing
internal import StrictJSON

/// An authority, for people and for documents.
struct AuthorityPage {
    private let description: AuthorityDescription
    private let counts: [(name: String, count: Int)]

    init(_ reading: AuthorityReading) throws {
        description = reading.description
        counts = [
            ("rekor-v1", try reading.log(.first).count), ("rekor-v2", try reading.log(.second).count),
        ]
    }

    var text: String {
        let issuers = description.issuers.map { issuer in
            "issuer:       \(ErrorMessages.shown(issuer.url)) (\(issuer.kind.rawValue)"
                + (issuer.keys == nil ? ", its keys come with each token)" : ", keys kept)")
        }
        let lines =
            [
                "organisation: \(ErrorMessages.shown(description.organization))",
                "domain:       \(ErrorMessages.shown(description.domain))", "since:        \(description.start)",
            ] + (issuers.isEmpty ? ["issuer:       whoever's keys the signer brings"] : issuers)
            + counts.map { "\($0.name):     \(counted($0.count, "entr"))".replacing("entrs", with: "entries") }
        return lines.joined(separator: "\n") + "\n"
    }

    var json: JSONValue {
        var object = description.json.object ?? JSONObject()
        object["logs"] = .object(JSONObject(counts.map { ($0.name, JSONValue($0.count)) }))
        return .object(object)
    }
}

/// The entries of a log, for people and for documents.
struct LogPage {
    private let checkpoint: String
    private let entries: [LogFolder.Entry]

    init(_ audited: (checkpoint: String, entries: [LogFolder.Entry])) {
        (checkpoint, entries) = audited
    }

    var text: String {
        let rows = entries.map { entry in
            let kind = kind(of: entry)
            return
                "\(entry.index)  \(Timestamp(seconds: entry.time))  \(ErrorMessages.shown(kind))  \(digest(of: entry))\n"
        }
        return rows.joined() + "\n"
            + checkpoint.split(separator: "\n").map { ErrorMessages.shown(String($0)) + "\n" }.joined()
    }

    var json: JSONValue {
        let list = entries.map { entry -> JSONValue in
            [
                "index": JSONValue(entry.index), "time": JSONValue(Timestamp(seconds: entry.time).description),
                "body": (try? JSONValue(parsing: entry.body)) ?? .null,
            ]
        }
        return [
            "schema": "urn:raireki:authority-log:1", "checkpoint": JSONValue(checkpoint), "entries": .array(list),
        ]
    }

    private func kind(of entry: LogFolder.Entry) -> String {
        (try? JSONValue(parsing: entry.body))?["kind"]?.string ?? "?"
    }

    /// The digest of the whole entry, by which two lists are compared.
    private func digest(of entry: LogFolder.Entry) -> String {
        Digest(hashing: entry.body).short
    }
}
