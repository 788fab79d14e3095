internal import Foundation

/// Makes repositories with git itself, in a folder of their own, with nothing of this machine's configuration.
package struct GitRepositoryMaker {
    /// The working tree.
    package let path: String
    private let home: TemporaryDirectory
    private let clock = Clock()

    private final class Clock: @unchecked Sendable {
        var seconds = 1_772_400_000
    }

    /// Makes an empty repository.
    package init(format: String = "sha1", isBare: Bool = false) throws {
        home = try TemporaryDirectory()
        path = home.path("repository")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try git(["init", "--quiet", "--initial-branch=main", "--object-format=\(format)"] + (isBare ? ["--bare"] : []))
    }

    /// The folder above, for files beside the repository.
    package var folder: String { home.path }

    /// Runs git in the repository; answers what it printed, without the last line feed.
    @discardableResult
    package func git(_ arguments: [String], input: [UInt8] = [], at time: Int64? = nil) throws -> String {
        clock.seconds += 60
        let now = time.map { Int($0) } ?? clock.seconds
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/git")
        process.arguments = ["-C", path] + arguments
        process.environment = [
            "HOME": home.path, "PATH": "/usr/bin:/bin", "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null",
            "GIT_AUTHOR_NAME": "Ada Author", "GIT_AUTHOR_EMAIL": "ada@example.com",
            "GIT_COMMITTER_NAME": "Cem Committer", "GIT_COMMITTER_EMAIL": "cem@example.com",
            "GIT_AUTHOR_DATE": "\(now) +0200", "GIT_COMMITTER_DATE": "\(now + 7) -0530",
        ]
        let inputPath = home.path("input-\(UUID().uuidString)")
        let outputPath = inputPath + ".out"
        for (file, bytes) in [(inputPath, input), (outputPath, [])] {
            _ = FileManager.default.createFile(atPath: file, contents: Data(bytes))
        }
        process.standardInput = FileHandle(forReadingAtPath: inputPath)
        process.standardOutput = FileHandle(forWritingAtPath: outputPath)
        process.standardError = FileHandle(forWritingAtPath: outputPath)
        try process.run()
        process.waitUntilExit()
        let output = String(decoding: FileManager.default.contents(atPath: outputPath) ?? Data(), as: UTF8.self)
        guard process.terminationStatus == 0 else { throw GitFailure(arguments: arguments, output: output) }
        return output.hasSuffix("\n") ? String(output.dropLast()) : output
    }

    /// Commits a file; answers the commit's name.
    @discardableResult
    package func commit(_ message: String, file: String = "file", arguments: [String] = []) throws -> String {
        let target = "\(path)/\(file)"
        let before = FileManager.default.contents(atPath: target) ?? Data()
        try (before + Data("\(message)\n".utf8)).write(to: URL(fileURLWithPath: target))
        try git(["add", file])
        try git(["commit", "--quiet", "-m", message] + arguments)
        return try git(["rev-parse", "HEAD"])
    }

    /// Writes an object of any content; answers its name.
    package func object(_ type: String, _ content: [UInt8]) throws -> String {
        try git(["hash-object", "-t", type, "--literally", "-w", "--stdin"], input: content)
    }

    /// Packs everything into one pack.
    package func pack() throws {
        try git(["repack", "-adfq", "--depth=50", "--window=50"])
        try git(["pack-refs", "--all"])
    }
}

/// A command of git that failed.
package struct GitFailure: Error {
    /// The command.
    package let arguments: [String]
    /// What git said.
    package let output: String
}
