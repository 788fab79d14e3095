import Foundation
import TestSupport
import Testing

@testable import raireki

/// What the commands print for the sample case, word for word, as `samples/expected` holds it.
@Suite struct SampleOutputTests {
    private static let root = SharedData.projectRoot
    private static let expectation = [
        "--trusted-root", "samples/trusted_root.json",
        "--certificate-identity-regexp", "https://gitlab\\.example\\.com/acme/.*",
        "--certificate-oidc-issuer", "https://gitlab.example.com",
    ]

    /// The file below `samples/expected`, and the command line whose output it holds.
    private static let pages: [(file: String, arguments: [String])] = [
        ("verify.txt", ["verify"] + expectation),
        ("verify.json", ["verify", "--format", "json"] + expectation),
        ("verify.cosign.json", ["verify", "--format", "cosign"] + expectation),
        ("images.txt", ["images"]),
        ("trace-1.4.0.txt", ["trace", "acme/payments:1.4.0"]),
        ("trace-1.4.2.txt", ["trace", "acme/payments:1.4.2"]),
        ("trace-1.4.2.json", ["trace", "acme/payments:1.4.2", "--format", "json"]),
        ("report.md", ["report", "--format", "markdown"]),
    ]

    /// With `RAIREKI_REWRITE` set the files are written anew; then look at the difference.
    @Test func printsWhatIsExpected() throws {
        // The case keeps the paths as they were given, and its sums cover them: they have to be the same on every machine.
        let folders = [FileManager.default.currentDirectoryPath, Self.root].map {
            URL(filePath: $0).resolvingSymlinksInPath().path()
        }
        try #require(folders[0] == folders[1], "the tests run in the package's folder, as Tests/run does it")
        let directory = try TemporaryDirectory()
        let path = directory.path("case.raireki")
        let evidence = try FileManager.default.contentsOfDirectory(atPath: "\(Self.root)/samples/evidence").sorted()
        let imported = try Self.run(["import"] + evidence.map { "samples/evidence/\($0)" }, case: path)
        try Self.compare("import.txt", imported)
        for page in Self.pages {
            try Self.compare(page.file, try Self.run(page.arguments, case: path))
        }
    }

    private static func run(_ arguments: [String], case path: String) throws -> String {
        let run = try CommandRun(arguments, case: path)
        let folder = path.split(separator: "/").dropLast().joined(separator: "/")
        return run.output.replacingOccurrences(of: "/\(folder)/", with: "")
    }

    private static func compare(_ file: String, _ output: String) throws {
        let path = "\(root)/samples/expected/\(file)"
        if Environment.isRewriting { try OutputFile.write(output, to: path) }
        let expected = String(decoding: try OutputFile.read(path), as: UTF8.self)
        #expect(output == expected, "\(file)")
    }
}
