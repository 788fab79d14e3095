import Foundation
import Testing

/// Ten thousand damaged documents for every parser through which bytes of others reach the verifier and the signer.
///
/// Each parser runs in a process of its own, so that a trap is seen as the signal that it is, and memory and time are
/// that parser's alone.
@Suite("Damaged documents are read or refused, never a trap, a second or 256 MiB")
struct FuzzingTests {
    /// What a run said.
    private struct Line {
        let rounds, read, refused, slowestMicroseconds, peakKiB: Int
    }

    /// The program, which is built beside the tests.
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("raireki-fuzz")

    private static func output(_ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = program
        process.arguments = arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationReason == .exit, "\(arguments): ended by signal \(process.terminationStatus)")
        #expect(process.terminationStatus == 0, "\(arguments): status \(process.terminationStatus)")
        return String(decoding: bytes, as: UTF8.self)
    }

    private func run(_ subject: String, rounds: Int) throws -> Line {
        let numbers = try Self.output([subject, "\(rounds)"]).split { $0 == "\t" || $0 == "\n" }.compactMap { Int($0) }
        try #require(numbers.count == 5)
        return Line(
            rounds: numbers[0],
            read: numbers[1],
            refused: numbers[2],
            slowestMicroseconds: numbers[3],
            peakKiB: numbers[4]
        )
    }

    static let subjects = [
        "json", "bundle", "trusted-root", "log-entry-body", "envelope", "statement", "simple-signing", "checkpoint",
        "policy", "dockerfile", "annotation-signature", "annotation-certificate", "annotation-bundle",
        "annotation-rfc3161timestamp", "certificate", "certificate-timestamps", "timestamp-response", "public-key",
        "pem", "tuf-root", "tuf-timestamp", "tuf-snapshot", "tuf-targets", "tuf-file", "verification", "identity-token",
        "web-keys", "private-key", "git-pack", "git-index", "git-bundle", "git-loose", "git-references", "git-commit",
    ]

    /// Kinds of evidence through the whole import, and the formats that only they bring.
    static let evidence = [
        "evidence-oci-archive", "evidence-docker-archive", "evidence-dir-archive", "evidence-registry-archive",
        "evidence-content-store", "evidence-gzip-archive", "evidence-index", "evidence-manifest",
        "evidence-docker-list", "evidence-documents", "notary-jws", "notary-cose", "cbor", "openpgp", "tar-headers",
    ]

    /// Whether everything is done ten thousand times (`Tests/run --long`), or evidence only a few hundred times.
    private static let isLong = ProcessInfo.processInfo.environment["RAIREKI_LONG"] != nil

    @Test("No parser is left out")
    func all() throws {
        #expect(try Self.output([]).split(separator: "\n").map(String.init) == Self.subjects + Self.evidence)
    }

    @Test("Ten thousand times", arguments: subjects)
    func tenThousand(subject: String) throws {
        let line = try run(subject, rounds: 10_000)
        #expect(line.rounds == 10_000)
        #expect(line.read > 0)
        #expect(line.refused > 0)
        #expect(line.slowestMicroseconds < 1_000_000)
        #expect(line.peakKiB < 256 << 10)
    }

    @Test("Evidence, through the whole import", arguments: evidence)
    func wholeImport(subject: String) throws {
        let rounds = Self.isLong ? 10_000 : 300
        let line = try run(subject, rounds: rounds)
        #expect(line.rounds == rounds)
        #expect(line.slowestMicroseconds < 1_000_000)
        #expect(line.peakKiB < 256 << 10)
    }
}
