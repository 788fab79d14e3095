package import Cryptography

/// The name of a Git object: the hash over its type and content.
package struct ObjectName: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The hash.
    package let bytes: [UInt8]

    /// A name from its bytes, 20 or 32 of them; nil otherwise.
    package init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == 20 || bytes.count == 32 else { return nil }
        self.bytes = Array(bytes)
    }

    /// Reads 40 or 64 lower-case hexadecimal digits; nil for anything else.
    package init?(hex: some Collection<UInt8>) {
        guard hex.count == 40 || hex.count == 64, let text = String(validating: hex, as: UTF8.self),
            let bytes = Hexadecimal.decode(text)
        else { return nil }
        self.bytes = bytes
    }

    /// The digits.
    package var description: String { Hexadecimal.encode(bytes) }

    /// The hash that made it.
    package var format: ObjectFormat { bytes.count == 20 ? .sha1 : .sha256 }

    /// Whether every byte is zero: the name that stands for no object.
    package var isNull: Bool { bytes.allSatisfy { $0 == 0 } }

    /// By bytes.
    package static func < (left: ObjectName, right: ObjectName) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }
}
