internal import Glibc

/// Why another program of ours cannot take over.
enum NeighbourProgramError: Error, Equatable {
    /// It does not lie where this program does.
    case missing(path: String)
    /// The system does not start it.
    case notStarted(path: String, reason: String)
}

extension NeighbourProgramError {
    /// What is wrong, and what to do about it.
    var message: (String, [String]) {
        switch self {
        case .missing(let path):
            ("the server is not installed: \(ErrorMessages.shown(path))", ["raireki-serve must lie beside raireki"])
        case .notStarted(let path, let reason): ("\(ErrorMessages.shown(path)) does not start: \(reason)", [])
        }
    }
}

/// Another program of ours that lies beside this one.
enum NeighbourProgram {
    /// Lets it take this process over; comes back only by an error.
    ///
    /// - Throws: ``NeighbourProgramError``.
    static func become(_ name: String, _ arguments: [String]) throws -> Never {
        let path = folder + "/" + name
        guard access(path, X_OK) == 0 else { throw NeighbourProgramError.missing(path: path) }
        var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) }
        words.append(nil)
        // A child would inherit that it ignores closed pipes, which is for this program's output.
        signal(SIGPIPE, SIG_DFL)
        execv(path, words)
        let reason = String(cString: strerror(errno))
        for word in words { free(word) }
        throw NeighbourProgramError.notStarted(path: path, reason: reason)
    }

    /// Where this program lies, whatever it was called by.
    private static var folder: String {
        var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &buffer, buffer.count)
        guard count > 0 else { return "." }
        let path = String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }
}
