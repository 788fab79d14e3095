import Cryptography
import Testing

@testable import Correlation
@testable import Report

@Suite struct TimelinePictureTests {
    private static func event(_ kind: EventKind, _ seconds: Int64, _ name: String = "x", conflicts: Bool = false)
        -> TimelineEvent
    {
        var event = TimelineEvent(
            kind,
            Timestamp(seconds: seconds),
            record: "t:\(name)",
            basis: .logAttested,
            what: "<b>\(name)</b>"
        )
        if conflicts { event.conflicts = [ClockConflict(other: "o", code: "c", words: "w")] }
        return event
    }

    private static let start: Int64 = 1_700_000_000

    private static func marks(_ markup: String) -> [Substring] {
        markup.matches(of: /<(?:circle|path) class="mark [^>]*>/).map(\.output)
    }

    @Test func drawsALaneForEachKindOfSourceWithItsMarks() {
        let picture = TimelinePicture(
            [
                Self.event(.committed, Self.start), Self.event(.jobStarted, Self.start + 60),
                Self.event(.logged, Self.start + 120), Self.event(.imported, Self.start + 86_400 * 40),
            ],
            of: "all images"
        ).node.markup
        let lanes = picture.matches(of: /<text class="lane"[^>]*>([^<]*)</).map { String($0.output.1) }
        #expect(lanes == ["commits", "pipelines, jobs", "signatures", "imports"])
        #expect(Self.marks(picture).count == 4)
        #expect(picture.contains(">+ 39 days<"))
        #expect(
            picture.contains(
                "<title>Timeline of all images: 4 events from 2023-11-14T22:13:20Z to 2023-12-24T22:13:20Z</title>"
            )
        )
        #expect(
            picture.contains("<desc>commits: 1, pipelines, jobs: 1, signatures: 1, imports: 1; no events contradicting")
        )
    }

    @Test func marksAContradictionByItsShapeToo() {
        let picture = TimelinePicture(
            [
                Self.event(.committed, Self.start), Self.event(.jobStarted, Self.start + 60, conflicts: true),
            ],
            of: "all images"
        ).node.markup
        #expect(picture.contains("<path class=\"mark bad\""))
        #expect(picture.contains("job began; contradicts another clock"))
    }

    @Test func leavesOutTimesThatWereSetAndDrawsNothingOfOneMoment() {
        #expect(TimelinePicture([], of: "x").node.markup == "")
        #expect(
            TimelinePicture([Self.event(.committed, 0), Self.event(.logged, Self.start)], of: "x").node.markup == ""
        )
        #expect(
            TimelinePicture([Self.event(.committed, Self.start), Self.event(.logged, Self.start)], of: "x").node.markup
                == ""
        )
    }

    /// However many events there are, the drawing stays small, and none of them is lost.
    @Test func isBoundedForManyEvents() throws {
        let kinds = EventKind.allCases
        let events = (0..<50_000).map { Self.event(kinds[$0 % kinds.count], Self.start + Int64($0) * 7, "\($0)") }
        let picture = TimelinePicture(events, of: "x").node.markup
        #expect(Self.marks(picture).count <= TimelinePicture.columnLimit * TimelinePicture.Lane.allCases.count)
        #expect(picture.utf8.count < 200_000)
        let list = try #require(picture.firstMatch(of: /<desc>([^;]*);/)).output.1
        let sum = list.matches(of: /: ([0-9]+)/).compactMap { Int($0.output.1) }.reduce(0, +)
        #expect(sum == 50_000)
        #expect(TimelinePicture(events, of: "x").node.markup == picture)
    }

    @Test func holdsTimesThatNoClockHas() {
        let picture = TimelinePicture(
            [
                Self.event(.committed, Self.start), Self.event(.logged, .max - 1),
            ],
            of: "all images"
        ).node.markup
        #expect(Self.marks(picture).count == 2)
    }

    /// The words of evidence stand in the list, not in the drawing.
    @Test func takesNoTextFromEvidence() {
        let picture = TimelinePicture(
            [
                Self.event(.committed, Self.start, "<script>"), Self.event(.logged, Self.start + 9, "<script>"),
            ],
            of: "all images"
        ).node.markup
        #expect(!picture.contains("script"))
    }
}
