internal import Glibc

/// Which process does something, told so that another can find out whether it still does.
enum ProcessIdentity {
    /// This process: the boot of the machine, the process's number and when it was started.
    static var current: String {
        "\(boot) \(getpid()) \(startTime(of: getpid()) ?? "0")"
    }

    /// Whether the process that a text of ``current`` names is still there.
    ///
    /// A process of another boot is gone: a case that is being written is never shared between machines.
    static func isAlive(_ identity: String) -> Bool {
        let words = identity.split(separator: " ")
        guard words.count == 3, words[0].utf8.elementsEqual(boot.utf8), let number = pid_t(words[1]),
            let started = startTime(of: number)
        else { return false }
        return words[2].utf8.elementsEqual(started.utf8)
    }

    private static var boot: String {
        let text = contents("/proc/sys/kernel/random/boot_id").prefix { $0 != 0x0A }
        return text.isEmpty ? "-" : String(decoding: text, as: UTF8.self)
    }

    /// When a process was started, in the kernel's own units (proc(5), `/proc/pid/stat`, field 22).
    private static func startTime(of number: pid_t) -> String? {
        let text = contents("/proc/\(number)/stat")
        // The name in parentheses may hold blanks and parentheses itself.
        guard let end = text.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        let fields = text[end...].split(separator: UInt8(ascii: " "))
        return fields.count > 20 ? String(decoding: fields[20], as: UTF8.self) : nil
    }

    private static func contents(_ path: String) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        return Array(buffer.prefix(max(0, count)))
    }
}
