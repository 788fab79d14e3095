import Foundation
import TestSupport
import Testing

@testable import raireki

/// Every `$ raireki …` line of README and samples/README is run, and must print what stands below it.
@Suite struct ReadmeTests {
    /// One command of a transcript.
    struct Example: CustomTestStringConvertible, Sendable {
        let arguments: [String]
        let output: [String]
        var testDescription: String { arguments.joined(separator: " ") }
    }

    private static let root = SharedData.projectRoot

    @Test(arguments: ["README.md", "samples/README.md"])
    func printsItsTranscripts(document: String) throws {
        let text = String(decoding: try OutputFile.read("\(Self.root)/\(document)"), as: UTF8.self)
        let examples = Self.examples(in: text)
        let directory = try TemporaryDirectory()
        for example in examples {
            let whole = Self.arguments(example, in: directory)
            let run = try CommandRun(whole, case: directory.path("case.raireki"))
            let printed = (run.output + run.talk).replacingOccurrences(of: Self.root + "/", with: "")
                .replacingOccurrences(of: directory.path + "/", with: "")
            #expect(Self.fits(example.output, printed.split(separator: "\n").map(String.init)), "\(printed)")
        }
        #expect(document != "README.md" || examples.count >= 3)
    }

    /// The blocks marked `console`: a line after `$ ` is a command, continued by a backslash; what follows is its output.
    private static func examples(in text: String) -> [Example] {
        var examples: [Example] = []
        var isInside = false
        var command: String?
        var output: [String] = []
        func finish() {
            if let command { examples.append(Example(arguments: words(command), output: output)) }
            (command, output) = (nil, [])
        }
        for line in text.replacingOccurrences(of: "\\\n", with: " ").components(separatedBy: "\n") {
            if line.hasPrefix("```") {
                finish()
                isInside = line == "```console"
            } else if isInside, line.hasPrefix("$ raireki ") {
                finish()
                command = String(line.dropFirst("$ raireki ".count))
            } else if isInside, command != nil, !line.isEmpty {
                output.append(line)
            }
        }
        finish()
        return examples
    }

    /// Words as a shell splits them, for single quotes and the one pattern that transcripts use.
    private static func words(_ command: String) -> [String] {
        var words: [String] = []
        for (index, part) in command.components(separatedBy: "'").enumerated() {
            if index.isMultiple(of: 2) {
                words += part.split(separator: " ").map(String.init)
            } else {
                words.append(part)
            }
        }
        return words.flatMap { word -> [String] in
            guard word.hasSuffix("/*") else { return [word] }
            let folder = String(word.dropLast(2))
            let names = (try? FileManager.default.contentsOfDirectory(atPath: "\(root)/\(folder)")) ?? []
            return names.sorted().map { "\(folder)/\($0)" }
        }
    }

    /// Paths below samples are the project's; files that are written go to the test's own folder.
    private static func arguments(_ example: Example, in directory: TemporaryDirectory) -> [String] {
        var previous = ""
        return example.arguments.map { word in
            defer { previous = word }
            if previous == "-o" { return directory.path(word) }
            return word.hasPrefix("samples/") ? "\(root)/\(word)" : word
        }
    }

    /// Whether the lines agree; a line `…` stands for any number of lines.
    private static func fits(_ expected: [String], _ printed: [String]) -> Bool {
        guard let first = expected.first else { return printed.isEmpty }
        if first == "…" {
            return (0...printed.count).contains { fits(Array(expected.dropFirst()), Array(printed.dropFirst($0))) }
        }
        return printed.first == first && fits(Array(expected.dropFirst()), Array(printed.dropFirst()))
    }
}
