internal import Dispatch
internal import Synchronization

/// Work that several threads share, whose answers are handed on in order.
///
/// One thread, the one that hands on, also works; the others never get further ahead of it than a window, so that answers
/// do not pile up.
final class ParallelWork<Answer: Sendable>: Sendable {
    private struct State {
        var next = 0
        var delivered = 0
        var isStopped = false
        var ready: [Int: Result<[Answer], any Error>] = [:]
    }

    private let count: Int
    private let window: Int
    private let workers: Int
    private let chunk: Int
    private let state = Mutex(State())
    private let arrivals = DispatchSemaphore(value: 0)
    private let room = DispatchSemaphore(value: 0)

    /// Work of `count` items by `workers` threads beside the one that hands on, `chunk` items a turn.
    init(count: Int, workers: Int, chunk: Int) {
        self.count = count
        self.workers = workers
        self.chunk = max(1, chunk)
        window = (workers + 1) * 4
    }

    /// How many turns there are.
    private var turns: Int { (count + chunk - 1) / chunk }

    /// The items of a turn.
    func items(of turn: Int) -> Range<Int> {
        turn * chunk..<min(count, (turn + 1) * chunk)
    }

    // MARK: - The other threads

    /// The next turn, as soon as there is room for its answers; nil when there is none or the work was stopped.
    func waitForTurn() -> Int? {
        while true {
            let (turn, isOver) = take()
            if turn != nil || isOver { return turn }
            room.wait()
        }
    }

    /// Hands in the answers of a turn.
    func finish(_ turn: Int, _ answers: Result<[Answer], any Error>) {
        state.withLock { $0.ready[turn] = answers }
        arrivals.signal()
    }

    private func take() -> (turn: Int?, isOver: Bool) {
        state.withLock { state in
            guard !state.isStopped, state.next < turns else { return (nil, true) }
            guard state.next < state.delivered + window else { return (nil, false) }
            defer { state.next += 1 }
            return (state.next, false)
        }
    }

    // MARK: - The thread that hands on

    /// Works until all is handed on.
    ///
    /// - Parameters:
    ///   - work: Answers the items of a turn.
    ///   - deliver: Takes one answer after another, in order.
    /// - Throws: The first error, in the order of the items.
    func run(_ work: (Range<Int>) throws -> [Answer], deliver: (Answer) throws -> Void) throws {
        var delivered = 0
        while delivered < turns {
            if let answers = state.withLock({ $0.ready.removeValue(forKey: delivered) }) {
                for answer in try answers.get() { try deliver(answer) }
                delivered += 1
                advance(to: delivered)
            } else if let turn = take().turn {
                finish(turn, Result { try work(items(of: turn)) })
            } else {
                arrivals.wait()
            }
        }
    }

    private func advance(to delivered: Int) {
        state.withLock { $0.delivered = delivered }
        wakeAll()
    }

    /// Has the other threads end; nothing more is handed on.
    func stop() {
        state.withLock { $0.isStopped = true }
        wakeAll()
    }

    private func wakeAll() {
        for _ in 0..<workers { room.signal() }
    }
}
