/// Why a text is not acceptable JSON; offsets count bytes from its start.
public enum JSONError: Error, Hashable, Sendable {
    /// The text ends inside a value.
    case unexpectedEnd(offset: Int)
    /// A byte that may not stand here.
    case unexpectedByte(UInt8, offset: Int)
    /// A member name that occurs a second time in its object.
    case duplicateName(String, offset: Int)
    /// Bytes that are not UTF-8, or an encoding other than UTF-8.
    case invalidUTF8(offset: Int)
    /// A byte order mark before the text.
    case byteOrderMark
    /// An escape that names no character, or one half of a surrogate pair.
    case invalidEscape(offset: Int)
    /// A number that RFC 8259 does not allow.
    case invalidNumber(offset: Int)
    /// Something other than white space after the value.
    case trailingBytes(offset: Int)
    /// Arrays and objects nested deeper than the limit.
    case tooDeep(limit: Int, offset: Int)
    /// More bytes than the limit.
    case tooLarge(size: Int, limit: Int)
    /// More values than the limit.
    case tooManyValues(limit: Int, offset: Int)
}

/// What a reader accepts at most; every cap is checked before anything is allocated for what lies beyond it.
public struct JSONLimits: Hashable, Sendable {
    /// Bytes of the whole text.
    public var bytes: Int
    /// Arrays and objects inside one another.
    public var depth: Int
    /// Values of every kind in the whole text.
    public var values: Int

    /// Sets the limits.
    public init(bytes: Int, depth: Int, values: Int) {
        self.bytes = bytes
        self.depth = depth
        self.values = values
    }

    /// 64 MiB, 64 levels, 2 million values: above what any manifest, bundle or statement needs.
    public static let standard = JSONLimits(bytes: 64 << 20, depth: 64, values: 2_000_000)
}
