internal import Glibc

/// Opens evidence so that it stays as it is, its access times among it.
enum QuietOpen {
    /// Opens for reading, without waiting for a writer of a FIFO, and without changing the access time where the system
    /// allows that: for the owner of a file and for root (open(2), `O_NOATIME`).
    ///
    /// - Parameters:
    ///   - folder: The folder that the path is relative to, or `AT_FDCWD`.
    ///   - path: The path.
    ///   - flags: Further flags.
    /// - Returns: The descriptor; -1 with `errno` when it cannot be opened.
    static func open(_ folder: Int32, _ path: UnsafePointer<CChar>, _ flags: Int32 = 0) -> Int32 {
        let flags = flags | O_RDONLY | O_NONBLOCK | O_CLOEXEC
        let descriptor = openat(folder, path, flags | noAccessTime)
        guard descriptor < 0, errno == EPERM else { return descriptor }
        return openat(folder, path, flags)
    }

    /// `O_NOATIME`, which Glibc's header shows to GNU programs alone (asm-generic/fcntl.h).
    private static let noAccessTime: Int32 = 0o1000000
}
