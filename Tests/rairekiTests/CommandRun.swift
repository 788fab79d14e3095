import ArgumentParser
import CaseFixtures
import Cryptography

@testable import raireki

/// A stream that keeps what is written.
final class MemoryStream: ByteStream {
    private(set) var bytes: [UInt8] = []
    let terminalWidth: Int?

    init(terminalWidth: Int? = nil) {
        self.terminalWidth = terminalWidth
    }

    func write(_ bytes: [UInt8]) {
        self.bytes += bytes
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }
}

/// One command line, run in this process with the streams in memory.
struct CommandRun {
    let status: ExitStatus
    let output: String
    let talk: String

    /// Runs a command line on a case.
    ///
    /// - Parameters:
    ///   - arguments: The words after the program's name.
    ///   - path: The case.
    ///   - environment: Further variables.
    ///   - terminal: The width of the terminal that both streams pretend to be.
    /// - Throws: What parsing the arguments throws, and ``NotACommand``.
    init(
        _ arguments: [String],
        case path: String? = nil,
        environment: [String: String] = [:],
        terminal: Int? = nil
    ) throws {
        var environment = environment
        environment["RAIREKI_CASE"] = environment["RAIREKI_CASE"] ?? path
        let streams = (MemoryStream(terminalWidth: terminal), MemoryStream(terminalWidth: terminal))
        let session = Session(
            environment: environment,
            arguments: arguments,
            now: { CaseFixture.time.adding(seconds: 3_600) },
            output: streams.0,
            talk: streams.1
        )
        guard let command = try Raireki.parseAsRoot(arguments) as? any RairekiCommand else {
            throw NotACommand(arguments: arguments)
        }
        status = command.perform(session)
        output = streams.0.text
        talk = streams.1.text
    }

    /// The arguments name no command that does work.
    struct NotACommand: Error {
        let arguments: [String]
    }
}
