internal import Foundation
internal import Glibc
internal import Report

/// A browser of this machine, which prints a page as PDF: the page is ours and loads nothing.
///
/// It is run by its absolute path in a private folder that is its home and its profile, with no environment but a path,
/// without a network as far as it can be told, and is ended when it takes too long.
struct BrowserEngine {
    /// Where it is.
    let path: String
    /// In which folder the private folder is made.
    let temporaryFolder: String

    private static let names = [
        "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chromium-shell",
    ]
    /// No page takes longer, in seconds.
    private static let timeLimit = 300

    /// The first that is in the folders of `PATH`.
    ///
    /// - Throws: ``CommandError`` when there is none.
    static func installed(_ environment: [String: String]) throws -> BrowserEngine {
        let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") }
        for name in names {
            for folder in folders {
                let path = "\(folder)/\(name)"
                var status = stat()
                guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, access(path, X_OK) == 0 else {
                    continue
                }
                let temporary = environment["TMPDIR"] ?? ""
                return BrowserEngine(path: path, temporaryFolder: temporary.isEmpty ? "/tmp" : temporary)
            }
        }
        throw CommandError.noBrowser
    }

    /// Writes a page into a private folder, has it printed, and puts the result in its place.
    ///
    /// - Throws: ``CommandError``, and what `page` throws.
    func print<Result>(to target: String, page: (@escaping ReportSink) throws -> Result) throws -> Result {
        var template = Array("\(temporaryFolder)/raireki-pdf-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw CommandError.cannotWrite(path: temporaryFolder, reason: OutputFile.systemReason(errno))
        }
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let file = try WrittenFile("\(folder)/report.html")
        let result = try page { try file.write($0) }
        try file.finish()
        let status = try run(arguments(in: folder), in: folder)
        guard status == 0, var bytes = try? OutputFile.read("\(folder)/report.pdf", limit: 1 << 30),
            bytes.starts(with: "%PDF-".utf8)
        else { throw CommandError.notPrinted(path: path, status: status) }
        PDFDates.remove(from: &bytes)
        let output = try WrittenFile(target)
        try output.write(bytes)
        try output.finish()
        return result
    }

    private func arguments(in folder: String) -> [String] {
        // The kernel's sandbox of the browser cannot be had as root; the page has neither scripts nor anything to load.
        let asRoot = geteuid() == 0 ? ["--no-sandbox"] : []
        return [path, "--headless"] + asRoot + [
            "--disable-gpu", "--disable-javascript", "--disable-extensions", "--disable-background-networking",
            "--disable-component-update", "--disable-sync", "--disable-default-apps", "--no-first-run",
            "--no-default-browser-check", "--disable-dev-shm-usage", "--disable-crash-reporter",
            "--host-resolver-rules=MAP * ~NOTFOUND", "--proxy-server=127.0.0.1:9", "--user-data-dir=\(folder)/profile",
            "--no-pdf-header-footer", "--print-to-pdf=\(folder)/report.pdf", "file://\(folder)/report.html",
        ]
    }

    private func run(_ arguments: [String], in folder: String) throws -> Int32 {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own, so that what it starts ends with it.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        posix_spawnattr_setpgroup(&attributes, 0)
        var words: [UnsafeMutablePointer<CChar>?] = arguments.map { strdup($0) } + [nil]
        let variables = [
            "PATH=/usr/bin:/bin", "HOME=\(folder)", "TMPDIR=\(folder)", "XDG_RUNTIME_DIR=\(folder)", "LANG=C.UTF-8",
            "TZ=UTC",
        ]
        var environment: [UnsafeMutablePointer<CChar>?] = variables.map { strdup($0) } + [nil]
        defer { for word in words + environment { free(word) } }
        var process: pid_t = 0
        let code = posix_spawn(&process, path, &actions, &attributes, &words, &environment)
        guard code == 0 else { throw CommandError.notPrinted(path: path, status: code) }
        defer { kill(-process, SIGKILL) }
        var status: Int32 = 0
        for _ in 0..<(Self.timeLimit * 50) {
            let ended = waitpid(process, &status, WNOHANG)
            if ended == process { return status & 0x7F == 0 ? status >> 8 & 0xFF : -(status & 0x7F) }
            guard ended == 0 || errno == EINTR else { throw CommandError.notPrinted(path: path, status: errno) }
            usleep(20_000)
        }
        kill(-process, SIGKILL)
        _ = waitpid(process, &status, 0)
        throw CommandError.printedTooLong(path: path, seconds: Self.timeLimit)
    }
}

/// The moment of printing, which would make every file another.
enum PDFDates {
    /// Overwrites the digits of dates in the document's information (ISO 32000-1 §7.9.4) with those of 1970.
    static func remove(from bytes: inout [UInt8]) {
        for key in ["/CreationDate (D:", "/ModDate (D:"] {
            let pattern = Array(key.utf8)
            var index = bytes.startIndex
            while let found = bytes[index...].firstRange(of: pattern) {
                var place = found.upperBound
                for digit in "19700101000000".utf8 where place < bytes.endIndex && (0x30...0x39).contains(bytes[place])
                {
                    bytes[place] = digit
                    place += 1
                }
                index = found.upperBound
            }
        }
    }
}
