import Testing

@testable import Report

/// Lists that do not fit a terminal: what is cut, and what never is.
@Suite struct ShorteningTests {
    private static let digest = "sha256:" + String(repeating: "2c87d187419d2aab", count: 4)
    private static let identity = "https://gitlab.example.com/acme/payments//.gitlab-ci.yml@refs/heads/main"

    private func lines(_ rows: [[String]], width: Int, whole: Bool = false, header: [String] = ["A", "B"]) -> [String] {
        var table = TextTable(header)
        for row in rows { table.add(row.map { TextCell(evidence: $0) }) }
        return table.lines(TextStyle(width: width, isColoured: false, showsWhole: whole))
    }

    @Test func leavesWhatFitsAsItIs() {
        #expect(lines([[Self.digest, Self.identity]], width: 200)[1].hasPrefix("\(Self.digest)  \(Self.identity)"))
    }

    @Test func cutsDigestsToTheirFirstDigitsAndOtherValuesInTheMiddle() {
        let line = lines([[Self.digest, Self.identity]], width: 80)[1]
        #expect(line.hasPrefix("sha256:2c87d187419d…  https://"))
        #expect(line.hasSuffix("@refs/heads/main"))
        #expect(line.count <= 80)
        #expect(line.contains("…"))
    }

    @Test func cutsNothingWhenAskedForTheWhole() {
        let folded = lines([[Self.digest, Self.identity]], width: 80, whole: true)
        #expect(folded.count > 2)
        #expect(folded.allSatisfy { $0.count <= 80 && !$0.contains("…") })
    }

    @Test func foldsSentences() {
        let sentence = String(repeating: "words that go on ", count: 12)
        let folded = lines([[Self.digest, sentence]], width: 80)
        #expect(folded.count > 2)
        #expect(folded.dropFirst().map { $0.dropFirst(22) }.joined(separator: " ").contains("words that go on"))
        #expect(!folded.dropFirst().contains { $0.dropFirst(22).contains("…") })
    }

    @Test func neverCutsOurOwnWords() {
        let word = String(repeating: "certificate-attested-", count: 5)
        var table = TextTable(["A", "B"])
        table.add([TextCell(evidence: "x"), TextCell(word)])
        let lines = table.lines(TextStyle(width: 60, isColoured: false)).dropFirst()
        #expect(lines.map { $0.drop { $0 == "x" || $0 == " " } }.joined() == word)
    }

    @Test func keepsTheValuesOfFactsWhole() {
        let facts = lines([["signed by", Self.identity + Self.identity]], width: 80, header: [])
        #expect(facts.count > 1)
        #expect(!facts.joined().contains("…"))
    }

    /// Whoever chooses a value may choose one that is cut to the same letters as another.
    @Test func neverMakesTwoValuesLookTheSame() {
        let other = Self.identity.replacing("acme/payments", with: "acme/pAyments")
        let both = lines([["a b", Self.identity], ["a b", other]], width: 50)
        #expect(!both.joined().contains("…"))
        #expect(both.allSatisfy { $0.count <= 50 })
        let alike = Self.digest.dropLast() + "0"
        let digests = lines([[Self.digest, Self.identity], [String(alike), Self.identity]], width: 80)
        #expect(!digests.contains { $0.contains("sha256:2c87d187419d…") })
    }

    @Test(arguments: [40, 60, 80, 100, 140])
    func fitsEveryWidth(_ width: Int) {
        let rows = [[Self.digest, Self.identity, "some words"], [Self.digest, Self.identity, "others"]]
        for line in lines(rows, width: width, header: ["A", "B", "C"]) { #expect(line.count <= width) }
    }
}
