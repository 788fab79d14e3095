import ArgumentParser
internal import Correlation
internal import Cryptography

/// By what images are looked for, or what is distrusted.
struct CriterionOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The name in the signing certificate.", valueName: "name"))
    var identity: [String] = []

    @Option(help: ArgumentHelp("Who vouches for that name, or the authority that issued it.", valueName: "issuer"))
    var issuer: [String] = []

    @Option(
        help: ArgumentHelp("A public key: a file in PEM, or its SHA-256; or an OpenPGP fingerprint.", valueName: "key")
    )
    var key: [String] = []

    @Option(help: ArgumentHelp("A commit, or at least 7 digits of one.", valueName: "commit"))
    var commit: [String] = []

    @Option(help: ArgumentHelp("The number of a pipeline or workflow run.", valueName: "number"))
    var pipeline: [String] = []

    @Option(help: ArgumentHelp("The number of a job.", valueName: "number"))
    var job: [String] = []

    @Option(help: ArgumentHelp("The number or name of a runner, or a class like self-hosted.", valueName: "runner"))
    var runner: [String] = []

    @Option(help: ArgumentHelp("The person or account that started the run.", valueName: "name"))
    var user: [String] = []

    @Option(help: ArgumentHelp("The digest or diffID of a layer.", valueName: "digest"))
    var layer: [String] = []

    @Option(help: ArgumentHelp("The digest of an image, a configuration or a layer.", valueName: "digest"))
    var digest: [String] = []

    /// What was given, kind by kind in a fixed order.
    var given: [ImageCriterion] {
        let all: [(ImageCriterion.Kind, [String])] = [
            (.identity, identity), (.issuer, issuer), (.key, key), (.commit, commit), (.pipeline, pipeline),
            (.job, job), (.runner, runner), (.user, user), (.layer, layer), (.digest, digest),
        ]
        return all.flatMap { kind, values in values.map { ImageCriterion(kind, $0) } }
    }

    /// Refuses what cannot be meant.
    func validate() throws {
        for criterion in given {
            let value = criterion.value
            switch criterion.kind {
            case .layer, .digest:
                guard (try? Digest(parsing: value)) != nil else {
                    throw ValidationError("Not a digest like sha256:9f86d08…: \(ErrorMessages.shown(value))")
                }
            case .commit:
                let isName = value.utf8.count >= ImageSearch.shortestCommit && value.utf8.allSatisfy(Self.isHexadecimal)
                guard isName else {
                    throw ValidationError("Not a commit, or fewer than 7 digits of one: \(ErrorMessages.shown(value))")
                }
            case .identity, .issuer, .key, .pipeline, .job, .runner, .user:
                if value.isEmpty { throw ValidationError("--\(criterion.kind.rawValue) needs a value.") }
            }
        }
    }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
    }

    /// What was given, files of keys replaced by the keys' own digests.
    func criteria() throws -> [ImageCriterion] {
        try given.map { criterion in
            guard criterion.kind == .key else { return criterion }
            let digits = criterion.value.hasPrefix("sha256:") ? String(criterion.value.dropFirst(7)) : criterion.value
            if [40, 64].contains(digits.utf8.count), Hexadecimal.decode(digits.lowercased()) != nil {
                return criterion
            }
            return ImageCriterion(.key, try Self.identifier(ofKeyAt: criterion.value))
        }
    }

    private static func identifier(ofKeyAt path: String) throws -> String {
        let text = String(decoding: try OutputFile.read(path, limit: 1 << 20), as: UTF8.self)
        do {
            return try PublicKey(pem: text).identifier.description
        } catch {
            throw CommandError.notAPublicKey(path: path, reason: "\(error)")
        }
    }
}

/// A window of time.
struct WindowOption: ParsableArguments {
    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp(
            """
            From the first time to the second, both included: RFC 3339, or a day like 2026-03-01. .. leaves an end open.
            """,
            valueName: "time"
        )
    )
    var between: [String] = []

    func validate() throws {
        guard between.isEmpty || between.count == 2 else {
            throw ValidationError("--between needs two times, after the images: --between 2026-03-01 2026-03-31")
        }
        for (position, text) in between.enumerated()
        where text != ".." && TimeWindow.bound(text, isEnd: position == 1) == nil {
            throw ValidationError(
                "Not a time like 2026-03-01T12:00:00Z or a day like 2026-03-01: \(ErrorMessages.shown(text))"
            )
        }
        if let first = window?.first, let last = window?.last, last < first {
            throw ValidationError("The second time of --between is before the first.")
        }
    }

    /// The window; nil when none was given.
    var window: TimeWindow? {
        guard between.count == 2 else { return nil }
        return TimeWindow(
            from: TimeWindow.bound(between[0], isEnd: false),
            to: TimeWindow.bound(between[1], isEnd: true)
        )
    }
}
