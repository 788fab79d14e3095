internal import Glibc
internal import TestSupport

/// Hands damaged documents to one parser and says what became of them.
///
///     raireki-fuzz SUBJECT ROUNDS     one line: rounds, read, refused, slowest in microseconds, peak of memory in KiB
///     raireki-fuzz                    the subjects
///
/// A parser that traps ends the process with a signal; one that takes too long or too much memory is seen in the line.
@main
enum Fuzz {
    static func main() {
        do {
            try start()
        } catch {
            // The error's own words; an error at the top would end in a trap and look like a parser's.
            print("\(error)")
            exit(1)
        }
    }

    private static func start() throws {
        let subjects = try Subject.all()
        guard CommandLine.arguments.count == 3, let rounds = Int(CommandLine.arguments[2]) else {
            for subject in subjects { print(subject.name) }
            return
        }
        guard let number = subjects.firstIndex(where: { $0.name == CommandLine.arguments[1] }) else { exit(2) }
        print(try run(subjects[number], rounds: rounds, seed: UInt64(number) + 1))
    }

    private static func run(_ subject: Subject, rounds: Int, seed: UInt64) throws -> String {
        // What the documents themselves say is read: a subject that refuses everything proves nothing.
        for document in subject.seeds { try subject.read(document) }
        var mutator = Mutator(seed: seed)
        var read = 0
        var slowest: UInt64 = 0
        for _ in 0..<rounds {
            let document = mutator.mutate(oneOf: subject.seeds)
            let start = time()
            do {
                try subject.read(document)
                read += 1
            } catch let contradiction as Contradiction {
                throw contradiction
            } catch {}
            slowest = max(slowest, time() - start)
        }
        return "\(rounds)\t\(read)\t\(rounds - read)\t\(slowest / 1000)\t\(peak())"
    }

    /// The most memory that this program has had, in KiB (proc(5), `VmHWM`): what getrusage tells also counts whoever
    /// started it.
    private static func peak() -> Int {
        guard let file = fopen("/proc/self/status", "r") else { return .max }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 256)
        while fgets(&line, Int32(line.count), file) != nil {
            let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
                .split { $0 == " " || $0 == "\t" || $0 == "\n" }
            if words.first == "VmHWM:", words.count > 1, let number = Int(words[1]) { return number }
        }
        return .max
    }

    /// Nanoseconds that this thread has worked.
    private static func time() -> UInt64 {
        var value = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &value)
        return UInt64(value.tv_sec) * 1_000_000_000 + UInt64(value.tv_nsec)
    }
}
