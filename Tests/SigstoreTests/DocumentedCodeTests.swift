import Foundation
import TestSupport
import Testing

/// The compiler that built the tests; nil where it is not on the path.
private let compiler = ProcessInfo.processInfo.environment["PATH"]?.split(separator: ":").lazy
    .map { "\($0)/swiftc" }.first { FileManager.default.isExecutableFile(atPath: $0) }

/// What the documentation shows compiles as it is written, outside this package: with what is public alone.
@Suite(.enabled(if: compiler != nil, "swiftc is not on the path"))
struct DocumentedCodeTests {
    /// The first block of Swift in a page.
    private static func block(in page: String) throws -> [String] {
        let text = String(decoding: try SharedData.bytes(at: "\(SharedData.projectRoot)/\(page)"), as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let after = try #require(lines.firstIndex(of: "```swift")) + 1
        let end = try #require(lines[after...].firstIndex(of: "```"))
        return Array(lines[after..<end])
    }

    /// What the compiler says of code in a function that has the bytes; empty when nothing is wrong.
    private func complaints(_ code: [String]) throws -> String {
        let imports = code.filter { $0.hasPrefix("import ") }
        let body = code.filter { !$0.hasPrefix("import ") }
        let head = "func verified(bundleBytes: [UInt8], artifactBytes: [UInt8]) throws -> Any {"
        let directory = try TemporaryDirectory()
        let source = try directory.write(
            (imports + [head] + body + ["return true", "}"]).joined(separator: "\n"),
            to: "documented.swift"
        )
        let built = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: compiler ?? "")
        process.arguments =
            ["-typecheck", "-swift-version", "6", "-warnings-as-errors", "-I", built.path + "/Modules"]
            + ["COpenSSL", "CSodium"].flatMap { ["-I", "\(SharedData.projectRoot)/Sources/\($0)"] } + [source]
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = pipe
        try process.run()
        let said = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect((process.terminationStatus == 0) == said.isEmpty)
        return String(decoding: said, as: UTF8.self)
    }

    @Test(arguments: ["Sources/Sigstore/Sigstore.docc/Sigstore.md", "README.md"])
    func compilesAsItIsWritten(page: String) throws {
        let code = try Self.block(in: page)
        #expect(try complaints(code) == "")
        // The library's own words count: with another one the compiler complains.
        let slip = code.map { $0.replacing("SignedEntity(bundle)", with: "SignedEntity(bundles)") }
        #expect(try complaints(slip).contains("cannot find 'bundles'"))
    }

    @Test func takesTenLines() throws {
        let code = try Self.block(in: "Sources/Sigstore/Sigstore.docc/Sigstore.md")
        #expect(code.count { !$0.isEmpty } == 10)
    }
}
