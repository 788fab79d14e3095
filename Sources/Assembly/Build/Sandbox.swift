internal import Foundation

/// Runs a program where it can reach nothing but the root file system it is given: `bubblewrap` with namespaces of its
/// own for users, processes, network, names and the rest; no file of the machine, no network, no way to more rights.
struct Sandbox {
    /// The program `bwrap`.
    let bubblewrap: String

    /// What is run, and as whom.
    struct Run {
        /// The root file system.
        var root: String
        /// The program and its arguments.
        var words: [String]
        /// All variables.
        var environment: [(name: String, value: String)]
        /// The folder in which it begins.
        var workingDirectory: String
        /// The number of the user that it is to be.
        var owner: Int
        /// The number of the group.
        var group: Int
        /// A script of the machine that is seen at ``Sandbox/scriptPath``; nil for none.
        var script: String?
    }

    /// Where a script that stands in the Dockerfile is seen.
    static let scriptPath = "/dev/heredoc"
    /// How many of the last lines are kept for the error.
    private static let keptLines = 20
    /// How long one line may be; what is longer is cut.
    private static let lineLimit = 64 << 10

    /// What Docker gives a container, less what only the machine's own root could use.
    private static let capabilities = [
        "CAP_CHOWN", "CAP_DAC_OVERRIDE", "CAP_FSETID", "CAP_FOWNER", "CAP_SETGID", "CAP_SETUID", "CAP_SETPCAP",
        "CAP_NET_BIND_SERVICE", "CAP_SYS_CHROOT", "CAP_KILL", "CAP_AUDIT_WRITE", "CAP_SETFCAP",
    ]

    /// Every argument of `bwrap`; nothing of the machine is seen but what is named here.
    static func arguments(_ run: Run) -> [String] {
        var arguments = [
            "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
            "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--hostname", "build",
            "--uid", "\(run.owner)", "--gid", "\(run.group)", "--bind", run.root, "/", "--dev", "/dev", "--proc",
            "/proc",
        ]
        if let script = run.script { arguments += ["--ro-bind", script, scriptPath] }
        arguments += ["--chdir", run.workingDirectory, "--clearenv"]
        for variable in run.environment { arguments += ["--setenv", variable.name, variable.value] }
        if run.owner == 0 { for capability in capabilities { arguments += ["--cap-add", capability] } }
        return arguments + ["--"] + run.words
    }

    /// Runs a program and waits for its end.
    ///
    /// - Parameters:
    ///   - run: What is run.
    ///   - line: Is told of every line of output.
    /// - Throws: ``AssemblyError`` when it cannot be run or ends with an error.
    func perform(_ run: Run, line: ([UInt8]) -> Void) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: bubblewrap)
        process.arguments = Self.arguments(run)
        process.environment = [:]
        process.standardInput = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        do {
            try process.run()
        } catch {
            throw AssemblyError(.noSandbox(reason: "\(bubblewrap) cannot be started"))
        }
        var last: [[UInt8]] = []
        read(pipe.fileHandleForReading) { bytes in
            last = last.suffix(Self.keptLines - 1) + [bytes]
            line(bytes)
        }
        process.waitUntilExit()
        let status = process.terminationStatus
        guard process.terminationReason == .exit, status == 0 else {
            let lines = last.map { String(decoding: $0, as: UTF8.self) }
            // What bubblewrap itself says comes before anything runs.
            if lines.count == 1, let only = lines.first, only.hasPrefix("bwrap: "), !only.hasPrefix("bwrap: execvp") {
                throw AssemblyError(.noSandbox(reason: String(only.dropFirst(7))))
            }
            throw AssemblyError(.runFailed(status: status, lastLines: lines))
        }
    }

    private func read(_ handle: FileHandle, line: ([UInt8]) -> Void) {
        var rest: [UInt8] = []
        while let data = try? handle.read(upToCount: 64 << 10), !data.isEmpty {
            for byte in data {
                if byte == UInt8(ascii: "\n") {
                    line(rest)
                    rest = []
                } else if rest.count < Self.lineLimit {
                    rest.append(byte)
                }
            }
        }
        if !rest.isEmpty { line(rest) }
    }
}
