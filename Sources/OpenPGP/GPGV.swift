internal import Glibc

/// GnuPG's verifier, the one program that is ever run: it verifies OpenPGP signatures where it is on the machine.
///
/// It is found in a fixed list of the system's folders, never by `PATH`; it gets an empty environment, no standard
/// input, and a private folder as its home that holds nothing but what it is to read.
package struct GPGV: Sendable {
    /// Where it is.
    package let path: String
    /// In which folder its private folders are made.
    package let temporaryFolder: String

    /// Where it is looked for.
    package static let folders = ["/usr/bin", "/usr/local/bin", "/bin"]
    /// No run takes longer, in seconds.
    private static let timeLimit = 30

    /// The verifier at a path.
    ///
    /// - Parameters:
    ///   - path: Where it is.
    ///   - temporaryFolder: Where its private folders are made; nil for what `TMPDIR` says, else `/tmp`.
    package init(path: String, temporaryFolder: String? = nil) {
        self.path = path
        let asked = getenv("TMPDIR").map { String(cString: $0) } ?? ""
        self.temporaryFolder = temporaryFolder ?? (asked.isEmpty ? "/tmp" : asked)
    }

    /// The machine's own; nil when there is none.
    package static func find() -> GPGV? {
        let paths = folders.map { "\($0)/gpgv" }
        return paths.first { (path: String) in access(path, X_OK) == 0 }.map { GPGV(path: $0) }
    }

    /// Verifies a signed message.
    ///
    /// - Throws: ``GPGVError``.
    package func verify(_ message: [UInt8], with keyring: OpenPGPKeyring) throws(GPGVError) -> GPGVResult {
        let folder = try PrivateFolder(in: temporaryFolder)
        try folder.write(message, "message")
        try folder.write(keyring.bytes, "keyring")
        let arguments = [
            path, "--homedir", folder.path, "--keyring", "\(folder.path)/keyring", "--status-fd", "1", "--output",
            "\(folder.path)/content", "\(folder.path)/message",
        ]
        let status = try run(arguments, output: "\(folder.path)/status")
        return GPGVResult(status: status, lines: folder.read("status") ?? [], content: folder.read("content"))
    }

    private func run(_ arguments: [String], output: String) throws(GPGVError) -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_EXCL, 0o600)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, nil, &words, &environment)
        guard code == 0 else { throw .notStarted(code: code) }
        return try Self.wait(for: process)
    }

    /// Waits, and ends a run that takes too long.
    private static func wait(for process: pid_t) throws(GPGVError) -> Int32 {
        var status: Int32 = 0
        for _ in 0..<(timeLimit * 100) {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F) }
            guard ended == 0 || errno == EINTR else { throw .notStarted(code: errno) }
            usleep(10_000)
        }
        kill(process, SIGKILL)
        _ = waitpid(process, &status, 0)
        throw .tookTooLong(seconds: timeLimit)
    }
}

/// Why the verifier could not be asked.
package enum GPGVError: Error, Hashable, Sendable {
    /// Its private folder could not be made or written; the system's error number.
    case noFolder(code: Int32)
    /// It could not be started; the system's error number.
    case notStarted(code: Int32)
    /// It did not end in time.
    case tookTooLong(seconds: Int)
}

/// A folder that nobody else reads, removed with everything in it when the last reference goes.
private final class PrivateFolder {
    let path: String
    /// No file that is read back is larger, in bytes.
    private static let maximumBytes = OpenPGPMessage.maximumBytes

    init(in folder: String) throws(GPGVError) {
        var template = Array("\(folder)/raireki-gpgv-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw .noFolder(code: errno) }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit {
        if let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { unlink("\(path)/\(name)") }
            }
            closedir(stream)
        }
        rmdir(path)
    }

    func write(_ bytes: [UInt8], _ name: String) throws(GPGVError) {
        let descriptor = open("\(path)/\(name)", O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .noFolder(code: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 || errno == EINTR else { throw .noFolder(code: errno) }
            rest = rest.dropFirst(max(0, count))
        }
    }

    /// What lies there; nil when nothing does, or too much.
    func read(_ name: String) -> [UInt8]? {
        let descriptor = open("\(path)/\(name)", O_RDONLY | O_NOFOLLOW | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count <= Self.maximumBytes {
            let count = Glibc.read(descriptor, &buffer, buffer.count)
            if count == 0 { return bytes }
            guard count > 0 else { return nil }
            bytes += buffer[..<count]
        }
        return nil
    }
}
