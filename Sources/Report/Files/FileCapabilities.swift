package import CaseIndex
internal import Cryptography

/// What a file may do beyond its user's rights when it runs: the extended attribute `security.capability`.
///
/// Its form is `struct vfs_ns_cap_data` of Linux (`include/uapi/linux/capability.h`), the words those of getcap(8).
package enum FileCapabilities {
    /// The capabilities as getcap shows them, `cap_net_raw=ep`; nil when the file has none.
    ///
    /// - Parameter entry: The file.
    /// - Returns: Safe text; an attribute of another form is named with its bytes.
    package static func text(_ entry: FileEntryRecord) -> String? {
        guard let value = entry.details.first(where: { $0.name.utf8.elementsEqual(attribute.utf8) })?.value
        else { return nil }
        return text(value) ?? "security.capability of unknown form: \(Hexadecimal.encode(Array(value.prefix(32))))"
    }

    private static let attribute = "xattr:security.capability"

    private static func text(_ value: [UInt8]) -> String? {
        guard value.count >= 4 else { return nil }
        let word = word(value, 0)
        let pairs: Int
        switch (word >> 24, value.count) {
        case (1, 12): pairs = 1
        case (2, 20), (3, 24): pairs = 2
        default: return nil
        }
        var groups: [(flags: String, names: [String])] = []
        for number in 0..<(32 * pairs) {
            let (pair, bit) = (number / 32, UInt32(1) << UInt32(number % 32))
            let isPermitted = self.word(value, 1 + 2 * pair) & bit != 0
            let isInheritable = self.word(value, 2 + 2 * pair) & bit != 0
            guard isPermitted || isInheritable else { continue }
            let flags = (word & 1 != 0 ? "e" : "") + (isInheritable ? "i" : "") + (isPermitted ? "p" : "")
            let name = names.indices.contains(number) ? "cap_" + names[number] : "cap_\(number)"
            if let index = groups.firstIndex(where: { $0.flags.utf8.elementsEqual(flags.utf8) }) {
                groups[index].names.append(name)
            } else {
                groups.append((flags, [name]))
            }
        }
        let owner = word >> 24 == 3 ? " [rootid=\(self.word(value, 5))]" : ""
        let sets = groups.map { "\($0.names.joined(separator: ","))=\($0.flags)" }
        return (sets.isEmpty ? "=" : sets.joined(separator: " ")) + owner
    }

    /// One word of four octets, the lowest first.
    private static func word(_ value: [UInt8], _ index: Int) -> UInt32 {
        value[(4 * index)..<(4 * index + 4)].reversed().reduce(0) { $0 << 8 | UInt32($1) }
    }

    /// By their numbers.
    private static let names = [
        "chown", "dac_override", "dac_read_search", "fowner", "fsetid", "kill", "setgid", "setuid", "setpcap",
        "linux_immutable", "net_bind_service", "net_broadcast", "net_admin", "net_raw", "ipc_lock", "ipc_owner",
        "sys_module", "sys_rawio", "sys_chroot", "sys_ptrace", "sys_pacct", "sys_admin", "sys_boot", "sys_nice",
        "sys_resource", "sys_time", "sys_tty_config", "mknod", "lease", "audit_write", "audit_control", "setfcap",
        "mac_override", "mac_admin", "syslog", "wake_alarm", "block_suspend", "audit_read", "perfmon", "bpf",
        "checkpoint_restore",
    ]
}
