/// One data item of CBOR (RFC 8949).
///
/// Equality is that of the bytes: texts that Unicode calls canonically equivalent are different.
package indirect enum CBORValue: Hashable, Sendable {
    /// Major type 0.
    case unsigned(UInt64)
    /// Major type 1: the number is −1 minus the value.
    case negative(UInt64)
    /// Major type 2.
    case bytes([UInt8])
    /// Major type 3.
    case text(CBORText)
    /// Major type 4.
    case array([CBORValue])
    /// Major type 5: pairs in the order in which they were read; no key occurs twice.
    case map([CBORPair])
    /// Major type 6.
    case tag(UInt64, CBORValue)
    /// A simple value other than truth values and `null`, which stand for themselves.
    case simple(UInt8)
    /// `true` or `false`.
    case bool(Bool)
    /// `null`.
    case null
    /// A number of half, single or double precision, as a double.
    case float(Double)
}

/// A text of CBOR whose equality and hash are those of its UTF-8 bytes.
package struct CBORText: Hashable, Sendable {
    /// The text.
    package let text: String

    /// Wraps a text.
    package init(_ text: String) {
        self.text = text
    }

    package static func == (left: CBORText, right: CBORText) -> Bool {
        left.text.utf8.elementsEqual(right.text.utf8)
    }

    package func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte) }
    }
}

/// One pair of a map.
package struct CBORPair: Hashable, Sendable {
    /// The key.
    package let key: CBORValue
    /// The value.
    package let value: CBORValue

    package init(_ key: CBORValue, _ value: CBORValue) {
        self.key = key
        self.value = value
    }
}

extension CBORValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    /// A text.
    package init(stringLiteral value: String) {
        self = .text(CBORText(value))
    }

    /// An integer.
    package init(integerLiteral value: Int64) {
        self.init(value)
    }

    /// An integer.
    package init(_ integer: Int64) {
        self = integer < 0 ? .negative(UInt64(-1 - integer)) : .unsigned(UInt64(integer))
    }
}

extension CBORValue {
    /// The integer, when this is one that fits.
    package var int64: Int64? {
        switch self {
        case .unsigned(let number): return Int64(exactly: number)
        case .negative(let number): return Int64(exactly: number).map { -1 - $0 }
        default: return nil
        }
    }

    /// The text, when this is one.
    package var string: String? {
        if case .text(let text) = self { text.text } else { nil }
    }

    /// The bytes, when this is a byte string.
    package var byteString: [UInt8]? {
        if case .bytes(let bytes) = self { bytes } else { nil }
    }

    /// The elements, when this is an array.
    package var elements: [CBORValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The pairs, when this is a map.
    package var pairs: [CBORPair]? {
        if case .map(let pairs) = self { pairs } else { nil }
    }

    /// The value of a key, when this is a map that has it.
    package subscript(key: CBORValue) -> CBORValue? {
        pairs?.first { $0.key == key }?.value
    }
}
