import Foundation
import TestSupport
import Testing

/// A service is one file that maps its documents; nothing else of import and of the case knows one by name.
@Suite struct VendorNameTests {
    /// The files that are allowed to: each maps one service's documents.
    private static let vendors: Set = [
        "GitHubService.swift", "GitLabExport.swift", "GitLabProvenance.swift",
        "GitLabRegistry.swift", "GitLabService.swift",
    ]

    @Test(arguments: ["Evidence", "CaseIndex"])
    func nothingElseNamesAService(room: String) throws {
        let root = "\(SharedData.projectRoot)/Sources/\(room)"
        var looked = 0
        for path in try FileManager.default.subpathsOfDirectory(atPath: root) where path.hasSuffix(".swift") {
            let name = path.split(separator: "/").last.map(String.init) ?? path
            guard !Self.vendors.contains(name) else { continue }
            looked += 1
            let text = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
            for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
                let code = line.replacing(#/\/\/.*$/#, with: "")
                // The list of services is the one place where each is one word.
                guard !code.contains("static var all: [any CIService.Type]") else { continue }
                let isNamed = ["gitlab", "github", "buildkite", "circleci"].contains { code.lowercased().contains($0) }
                #expect(!isNamed, "\(path):\(number + 1): \(line)")
            }
        }
        #expect(looked > 10)
    }
}
