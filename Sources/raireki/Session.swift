internal import Cryptography
internal import Foundation
internal import Glibc
internal import Report

/// What a command has of the world around it: two streams, the environment, the clock and its own arguments.
final class Session {
    /// The environment's variables.
    private(set) lazy var environment = readEnvironment()
    private let readEnvironment: () -> [String: String]
    /// The arguments after the program's name.
    let arguments: [String]
    /// What the clock says.
    let now: () -> Timestamp
    /// How much is said, and in which dress; the arguments choose it.
    var manner = Manner()
    private var isLineOpen = false
    private let output: any ByteStream
    private let talk: any ByteStream

    init(
        environment: @autoclosure @escaping () -> [String: String],
        arguments: [String],
        now: @escaping () -> Timestamp,
        output: any ByteStream,
        talk: any ByteStream
    ) {
        readEnvironment = environment
        self.arguments = arguments
        self.now = now
        self.output = output
        self.talk = talk
    }

    /// This process.
    static func process() -> Session {
        // A reader that closes the pipe ends our output, not our work on the case.
        signal(SIGPIPE, SIG_IGN)
        return Session(
            environment: ProcessInfo.processInfo.environment,
            arguments: RawArguments.ofProcess,
            now: { Timestamp(seconds: Int64(time(nil))) },
            output: FileStream(descriptor: STDOUT_FILENO),
            talk: FileStream(descriptor: STDERR_FILENO)
        )
    }

    /// Data, for other programs or for reading.
    func write(_ text: String) {
        output.write(Array(text.utf8))
    }

    /// Data as it is.
    func write(_ bytes: [UInt8]) {
        output.write(bytes)
    }

    /// Whether data goes to a person's terminal.
    var isOutputTerminal: Bool {
        output.terminalWidth != nil
    }

    /// A line for people, beside the answer; not with `--quiet`.
    func say(_ line: String) {
        if manner.loudness != .quiet { insist(line) }
    }

    /// What went wrong and what to do next; always.
    func say(_ error: any Error) {
        for line in ErrorMessages.lines(for: error) { insist(line) }
    }

    /// A line that nobody who asked may miss; always.
    func insist(_ line: String) {
        // What is overwritten in place goes first; its next drawing comes below.
        talk.write(Array((isLineOpen ? "\r\u{1B}[K" : "").utf8) + Array((dressed(line) + "\n").utf8))
        isLineOpen = false
    }

    /// What is read, or decided by it, with `--verbose` alone; escaped here, so that values go in as they are.
    func detail(_ text: @autoclosure () -> String) {
        guard manner.loudness == .verbose else { return }
        insist("verbose: " + ErrorMessages.shown(text()))
    }

    /// Something that takes the place of what was said in place before; nothing when empty.
    func sayInPlace(_ text: String) {
        talk.write(Array(("\r\u{1B}[K" + text).utf8))
        isLineOpen = !text.isEmpty
    }

    /// The columns in which progress can be shown; nil where nobody watches it, or wants to.
    var progressWidth: Int? {
        guard manner.loudness != .quiet, environment["TERM"] != "dumb" else { return nil }
        return talk.terminalWidth
    }

    /// The word before the colon in the colour of what it means.
    private func dressed(_ line: String) -> String {
        guard let colon = line.firstIndex(of: ":"), let code = Self.colours[String(line[..<colon])],
            manner.color.isColoured(isTerminal: talk.terminalWidth != nil, environment)
        else { return line }
        return "\u{1B}[\(code)m\(line[...colon])\u{1B}[0m\(line[line.index(after: colon)...])"
    }

    private static let colours = ["error": "31;1", "warning": "33", "note": "33", "hint": "36", "verbose": "2"]

    /// How data is laid out: as wide as the terminal, or `COLUMNS`, or unfolded in a pipe.
    var style: TextStyle {
        let stated = environment["COLUMNS"].flatMap(Int.init)
        let isColoured = manner.color.isColoured(isTerminal: output.terminalWidth != nil, environment)
        let width = output.terminalWidth ?? stated ?? Self.unfolded
        return TextStyle(width: width, isColoured: isColoured, showsWhole: manner.showsWhole)
    }

    /// Wide enough that nothing is folded that another program may search for.
    private static let unfolded = 10_000
}

/// Where bytes go.
protocol ByteStream: AnyObject {
    /// Columns, when it is a terminal.
    var terminalWidth: Int? { get }
    func write(_ bytes: [UInt8])
}

/// An open file of the process; when its reader has gone, what is written is dropped.
final class FileStream: ByteStream {
    private let descriptor: Int32
    private var isClosed = false

    init(descriptor: Int32) {
        self.descriptor = descriptor
    }

    var terminalWidth: Int? {
        guard isatty(descriptor) == 1 else { return nil }
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    func write(_ bytes: [UInt8]) {
        var rest = bytes[...]
        while !isClosed, !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 {
                rest = rest.dropFirst(written)
            } else if errno != EINTR {
                isClosed = true
            }
        }
    }
}
