import CaseFixtures
import Testing

@testable import raireki

@Suite struct ProgressLineTests {
    private func line(
        _ done: Int64,
        _ total: Int64,
        after seconds: Int,
        of unit: ProgressLine.Unit = .bytes,
        title: String = "layout.tar",
        columns: Int = 200
    ) -> String {
        ProgressLine(title: title, unit: unit, done: done, total: total, elapsed: .seconds(seconds))
            .text(columns: columns)
    }

    @Test func tellsPartRateAndRemainingTime() {
        #expect(
            line(250_000_000, 1_000_000_000, after: 10)
                == "██████░░░░░░░░░░░░░░░░░░ 25 %  250 MB of 1.0 GB  25.0 MB/s  30 s left  layout.tar"
        )
        #expect(
            line(1_500, 100_000, after: 3, of: .things("images"))
                .hasSuffix(" 1 %  1500 of 100000 images  500/s  3 min 17 s left  layout.tar")
        )
    }

    @Test func tellsNoRateOfTheFirstSecondAndNoRestOfWhatNobodyCounted() {
        #expect(!line(1_000, 2_000, after: 0).contains("/s"))
        #expect(line(8_000, 0, after: 4, of: .things("files")) == "8000 files  2000/s  layout.tar")
        #expect(!line(2_000, 2_000, after: 4).contains("left"))
    }

    @Test(arguments: [(0.2, "1 s"), (59, "59 s"), (61, "1 min 1 s"), (3_700, "1 h 1 min"), (1e9, "days")])
    func writesSpans(_ seconds: Double, _ text: String) {
        #expect(ProgressLine.span(seconds) == text)
    }

    @Test(arguments: [
        (0.0, "0 B"), (999, "999 B"), (1_000, "1.0 kB"), (99_940, "99.9 kB"), (1e6, "1.0 MB"), (1e21, "1000000 PB"),
    ])
    func writesSizes(_ bytes: Double, _ text: String) {
        #expect(ProgressLine.size(bytes) == text)
    }

    @Test func fitsTheTerminalAndHidesNothingInItsTitle() {
        for columns in [20, 40, 80] {
            #expect(
                line(1_000, 5_000, after: 9, title: String(repeating: "x", count: 300), columns: columns).count
                    < columns
            )
        }
        #expect(!line(1_000, 5_000, after: 9, title: "\u{1B}[2J\n").contains("\u{1B}"))
    }

    /// In a pipe, and for whoever wants quiet, nothing is drawn.
    @Test func isShownOnlyWhereSomebodyWatches() {
        func width(_ terminal: Int?, _ loudness: Manner.Loudness, _ environment: [String: String] = [:]) -> Int? {
            let session = Session(
                environment: environment,
                arguments: [],
                now: { CaseFixture.time },
                output: MemoryStream(),
                talk: MemoryStream(terminalWidth: terminal)
            )
            session.manner.loudness = loudness
            return session.progressWidth
        }
        #expect(width(90, .normal) == 90)
        #expect(width(90, .verbose) == 90)
        #expect(width(90, .quiet) == nil)
        #expect(width(nil, .normal) == nil)
        #expect(width(90, .normal, ["TERM": "dumb"]) == nil)
    }

    /// What is said while progress stands there takes its place, and does not run on behind it.
    @Test func givesWayToWhatIsSaid() {
        let talk = MemoryStream(terminalWidth: 80)
        let session = Session(
            environment: ["NO_COLOR": "1"],
            arguments: [],
            now: { CaseFixture.time },
            output: MemoryStream(),
            talk: talk
        )
        session.sayInPlace("half done")
        session.say("written")
        session.say("ended")
        #expect(talk.text == "\r\u{1B}[Khalf done\r\u{1B}[Kwritten\nended\n")
    }
}
