import CaseIndex
import Testing

@testable import raireki

@Suite struct ErrorMessagesTests {
    private static let errors: [any Error & Sendable] = [
        CaseError.noSuchFile(path: "p"), CaseError.notACase(path: "p"), CaseError.newerVersion(found: 9, known: 1),
        CaseError.corrupt(column: "c", value: "v"), CaseError.storage(path: "p", reason: "r"),
        ImageNameError.unknown("x"), ImageNameError.ambiguous("x", candidates: []), ImageNameError.tooShort("x"),
        CommandError.noImages, CommandError.cannotRead(path: "p", reason: "r"),
        CommandError.cannotWrite(path: "p", reason: "r"), CommandError.notATrustedRoot(path: "p", reason: "r"),
        CommandError.notAPublicKey(path: "p", reason: "r"), CommandError.notWitnessKeys(path: "p", reason: "r"),
    ]

    @Test func beginsWithALowerCaseSentenceWithoutAFullStop() throws {
        for error in Self.errors {
            let lines = ErrorMessages.lines(for: error)
            let first = try #require(lines.first)
            #expect(first.hasPrefix("error: "))
            #expect(!first.hasSuffix("."))
            #expect(first.dropFirst(7).first?.isUppercase == false)
            #expect(lines.dropFirst().allSatisfy { $0.hasPrefix("hint: ") })
        }
    }

    @Test func escapesWhatComesFromOutside() {
        let lines = ErrorMessages.lines(for: ImageNameError.unknown("\u{1B}[2J\r\nerror: fake"))
        #expect(lines.first == "error: no such image in the case: \\u{1b}[2J\\u{d}\\u{a}error: fake")
    }

    @Test func cutsWhatIsTooLong() throws {
        let error = ImageNameError.unknown(String(repeating: "x", count: 100_000))
        #expect(try #require(ErrorMessages.lines(for: error).first).count < 4096)
    }
}
