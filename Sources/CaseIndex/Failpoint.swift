internal import Foundation
internal import Glibc

/// A place at which the tests can have the process killed, as a pulled plug would.
///
/// Only debug builds have it: in a release build it is nothing. `RAIREKI_FAILPOINT=3` kills the process with SIGKILL when
/// it comes to its third place, `RAIREKI_FAILPOINT_LOG=FILE` appends the name of every place it passes.
package enum Failpoint {
    /// Passes a place.
    @inline(__always)
    package static func pass(_ name: StaticString) {
        #if DEBUG
            Counter.shared.pass(name)
        #endif
    }

    #if DEBUG
        private final class Counter: @unchecked Sendable {
            static let shared = Counter()
            private let lock = NSLock()
            private var passed = 0
            private let deadly = ProcessInfo.processInfo.environment["RAIREKI_FAILPOINT"].flatMap(Int.init)
            private let log = ProcessInfo.processInfo.environment["RAIREKI_FAILPOINT_LOG"]

            func pass(_ name: StaticString) {
                guard deadly != nil || log != nil else { return }
                lock.lock()
                defer { lock.unlock() }
                passed += 1
                if let log, let file = fopen(log, "a") {
                    fputs("\(name)\n", file)
                    fclose(file)
                }
                if passed == deadly { kill(getpid(), SIGKILL) }
            }
        }
    #endif
}
