internal import CaseIndex
internal import Correlation
internal import Cryptography

/// A timeline as a drawing: a lane for each kind of source, a mark for what happened at about one time.
///
/// However many events there are, the drawing has no more columns than ``columnLimit``: times that lie closest together
/// share one. Between two columns lies more room the longer the time was, by its logarithm, so that seconds and years have
/// room beside one another. Everything is counted in whole numbers, so that the same events give the same drawing.
struct TimelinePicture {
    /// Where the word on an event comes from.
    enum Lane: Int, CaseIterable {
        case commits, runs, builds, files, signatures, custody

        var title: String {
            switch self {
            case .commits: "commits"
            case .runs: "pipelines, jobs"
            case .builds: "builds"
            case .files: "files"
            case .signatures: "signatures"
            case .custody: "imports"
            }
        }

        init(_ kind: EventKind) {
            self =
                switch kind {
                case .authored, .committed: .commits
                case .pipelineCreated, .pipelineStarted, .pipelineFinished, .jobCreated, .jobStarted, .jobFinished:
                    .runs
                case .buildStarted, .buildFinished, .buildStated, .historyStep, .imageCreated: .builds
                case .fileOldest, .fileNewest, .fileModified: .files
                case .certificateNotBefore, .signerTime, .timestamped, .logged, .certificateNotAfter: .signatures
                case .imported: .custody
                }
        }
    }

    /// What is drawn as one.
    private struct Mark {
        var events: [TimelineEvent] = []
        var hasConflict: Bool { events.contains { !$0.conflicts.isEmpty } }
    }

    /// More columns than this could not be told apart.
    static let columnLimit = 64

    private let columns: [(first: Timestamp, last: Timestamp)]
    private let marks: [[Lane: Mark]]
    private let lanes: [Lane]
    private let count: Int
    private let subject: String

    private static let width = 960
    private static let left = 124
    private static let right = 28
    private static let top = 34
    private static let laneHeight = 30
    private static let bottom = 30

    /// - Parameters:
    ///   - events: What happened, the earliest first; what was set rather than measured is left out.
    ///   - subject: To what, in our own words: a page may hold several of these.
    init(_ events: [TimelineEvent], of subject: String) {
        self.subject = subject
        let measured = events.filter { !$0.isPlaceholder }
        count = measured.count
        columns = Self.columns(measured.map(\.time))
        var marks = [[Lane: Mark]](repeating: [:], count: columns.count)
        var column = 0
        for event in measured {
            while column + 1 < columns.count, columns[column].last < event.time { column += 1 }
            marks[column][Lane(event.kind), default: Mark()].events.append(event)
        }
        self.marks = marks
        let used = Set(marks.flatMap(\.keys))
        lanes = Lane.allCases.filter(used.contains)
    }

    /// The drawing; nothing for what happened at one time alone.
    var node: HTMLNode {
        guard columns.count > 1 else { return .empty }
        let height = Self.top + lanes.count * Self.laneHeight + Self.bottom
        let drawing = HTMLNode(
            "svg",
            [
                .class("times"), HTMLAttribute("viewBox", "0 0 \(Self.width) \(height)"),
                HTMLAttribute("width", "\(Self.width)"), HTMLAttribute("height", "\(height)"),
                HTMLAttribute("role", "img"),
            ],
            [HTMLNode("title", [], title), HTMLNode("desc", [], description), .newline] + laneNodes + gapNodes
                + endNodes + markNodes
        )
        let caption = """
            Distances grow with the logarithm of the time between. A diamond contradicts another clock; the list below \
            has every event in words.
            """
        return HTMLNode(
            "figure",
            [],
            [
                Section.scrolling("Picture of the timeline of \(subject)", [drawing]),
                HTMLNode("figcaption", [], caption),
            ]
        )
    }

    private var title: String {
        "Timeline of \(subject): \(Count.text(count, "event")) from \(columns[0].first) to \(columns[columns.count - 1].last)"
    }

    private var description: String {
        let counts = lanes.map { lane in
            "\(lane.title): \(marks.reduce(0) { $0 + ($1[lane]?.events.count ?? 0) })"
        }
        let conflicts = marks.reduce(0) { $0 + $1.values.reduce(0) { $0 + $1.events.count { !$0.conflicts.isEmpty } } }
        return counts.joined(separator: ", ") + "; \(Count.text(conflicts, "event")) contradicting another clock"
    }

    // MARK: - Where things stand

    /// Times in groups: the longest pauses divide them.
    private static func columns(_ times: [Timestamp]) -> [(first: Timestamp, last: Timestamp)] {
        var distinct: [Timestamp] = []
        for time in times where distinct.last != time { distinct.append(time) }
        guard let start = distinct.first else { return [] }
        let pauses = distinct.indices.dropFirst().map { (index: $0, length: pause(distinct[$0 - 1], distinct[$0])) }
        let longest = pauses.sorted { ($1.length, $0.index) < ($0.length, $1.index) }.prefix(columnLimit - 1)
        var columns = [(first: start, last: start)]
        let breaks = Set(longest.map(\.index))
        for index in distinct.indices.dropFirst() {
            if breaks.contains(index) {
                columns.append((distinct[index], distinct[index]))
            } else {
                columns[columns.count - 1].last = distinct[index]
            }
        }
        return columns
    }

    private static func pause(_ first: Timestamp, _ last: Timestamp) -> UInt64 {
        let (seconds, isTooLong) = last.seconds.subtractingReportingOverflow(first.seconds)
        return isTooLong ? .max : UInt64(max(0, seconds))
    }

    /// The room before a column: what no mark may be closer than, and as much again as the pause has binary digits.
    private func room(before column: Int) -> Int {
        let pause = Self.pause(columns[column - 1].last, columns[column].first)
        return 6 + UInt64.bitWidth - pause.leadingZeroBitCount
    }

    private var places: [Int] {
        let rooms = columns.indices.dropFirst().map(room)
        let whole = max(1, rooms.reduce(0, +))
        var sum = 0
        return [Self.left + 14]
            + rooms.map { room in
                sum += room
                return Self.left + 14 + sum * (Self.width - Self.left - Self.right - 28) / whole
            }
    }

    private func middle(_ lane: Lane) -> Int {
        Self.top + (lanes.firstIndex(of: lane) ?? 0) * Self.laneHeight + Self.laneHeight / 2
    }

    // MARK: - The pieces

    private var laneNodes: [HTMLNode] {
        lanes.flatMap { lane in
            [
                Self.text("lane", 2, middle(lane) + 4, lane.title),
                HTMLNode(
                    "path",
                    [
                        .class("track"),
                        HTMLAttribute("d", "M\(Self.left) \(middle(lane))H\(Self.width - Self.right)"),
                    ],
                    []
                ),
            ]
        }
    }

    /// Long pauses by their length, where there is room to say it.
    private var gapNodes: [HTMLNode] {
        let places = places
        var free = Self.left
        return columns.indices.dropFirst().compactMap { column in
            let words = "+ " + Elapsed.words(columns[column - 1].last, columns[column].first)
            let half = (words.count * 7) / 2 + 6
            let middle = (places[column - 1] + places[column]) / 2
            guard places[column] - places[column - 1] >= 34, middle - half >= free, middle + half <= Self.width
            else { return nil }
            free = middle + half
            return Self.text("pause", middle, 20, words, anchor: "middle")
        }
    }

    private var endNodes: [HTMLNode] {
        let y = Self.top + lanes.count * Self.laneHeight + 20
        return [
            Self.text("detail", Self.left, y, "\(columns[0].first)"),
            Self.text("detail", Self.width - 2, y, "\(columns[columns.count - 1].last)", anchor: "end"),
        ]
    }

    private var markNodes: [HTMLNode] {
        let places = places
        return columns.indices.flatMap { column in
            lanes.compactMap { lane in
                marks[column][lane].map { mark($0, columns[column], places[column], middle(lane)) }
            }
        }
    }

    private func mark(_ mark: Mark, _ time: (first: Timestamp, last: Timestamp), _ x: Int, _ y: Int) -> HTMLNode {
        let tone = mark.hasConflict ? Tone.bad : mark.events[0].basis.tone
        let size = 5 + min(4, Int.bitWidth - mark.events.count.leadingZeroBitCount - 1)
        let shape =
            mark.hasConflict
            ? HTMLNode(
                "path",
                [
                    .class("mark \(tone.className)"),
                    HTMLAttribute(
                        "d",
                        "M\(x) \(y - size - 2)l\(size + 2) \(size + 2)l-\(size + 2) \(size + 2)l-\(size + 2) -\(size + 2)z"
                    ),
                ],
                []
            )
            : HTMLNode(
                "circle",
                [
                    .class("mark \(tone.className)"), HTMLAttribute("cx", "\(x)"), HTMLAttribute("cy", "\(y)"),
                    HTMLAttribute("r", "\(size)"),
                ],
                []
            )
        return HTMLNode("g", [], [HTMLNode("title", [], words(mark, time)), shape, .newline])
    }

    /// What a mark stands for, in a line.
    private func words(_ mark: Mark, _ time: (first: Timestamp, last: Timestamp)) -> String {
        var kinds: [(words: String, count: Int)] = []
        for event in mark.events {
            if let place = kinds.firstIndex(where: { $0.words == event.kind.words }) {
                kinds[place].count += 1
            } else {
                kinds.append((event.kind.words, 1))
            }
        }
        let list = kinds.map { $0.count == 1 ? $0.words : "\($0.words) (\(Count.grouped($0.count)))" }
        let when = time.first == time.last ? "\(time.first)" : "\(time.first) to \(time.last)"
        return "\(when): \(list.joined(separator: ", "))" + (mark.hasConflict ? "; contradicts another clock" : "")
    }

    private static func text(_ name: String, _ x: Int, _ y: Int, _ content: String, anchor: String = "start")
        -> HTMLNode
    {
        HTMLNode(
            "text",
            [
                .class(name), HTMLAttribute("x", "\(x)"), HTMLAttribute("y", "\(y)"),
                HTMLAttribute("text-anchor", anchor),
            ],
            [.text(content)]
        )
    }
}
