internal import Cryptography

/// Reads a file from one end to the other through a window, and hashes it on the way.
struct SequentialBytes: ~Copyable {
    private let source: any RandomAccessBytes
    /// Where the bytes end that are read.
    let end: Int64
    /// Up to where the bytes are hashed.
    private let hashedEnd: Int64
    private var hasher: ObjectNameHasher
    private let window: UnsafeMutableRawBufferPointer
    private var windowStart: Int64
    private var windowCount = 0
    /// Up to where bytes have been hashed.
    private var hashedTo: Int64
    /// The offset of the next byte.
    private(set) var position: Int64
    /// Whether a read failed before the end.
    private(set) var isBroken = false

    private static let windowBytes = 1 << 20

    init(
        _ source: any RandomAccessBytes,
        from start: Int64,
        to end: Int64,
        hashingTo hashedEnd: Int64,
        _ format: ObjectFormat
    ) throws(CryptographyError) {
        hasher = try ObjectNameHasher(format)
        self.source = source
        self.end = end
        self.hashedEnd = hashedEnd
        windowStart = start
        position = start
        hashedTo = start
        window = .allocate(byteCount: Self.windowBytes, alignment: 16)
    }

    deinit {
        window.deallocate()
    }

    /// The bytes from the position on that are at hand, valid until the next call; empty at the end.
    mutating func peek() -> UnsafeRawBufferPointer {
        if position == windowStart + Int64(windowCount) { refill() }
        let offset = Int(position - windowStart)
        return UnsafeRawBufferPointer(rebasing: window[offset..<windowCount])
    }

    /// The next bytes, and the position after them; when fewer are needed, ``jump(to:)`` goes back.
    mutating func take() -> UnsafeRawBufferPointer {
        let bytes = peek()
        position += Int64(bytes.count)
        return bytes
    }

    /// Goes to another position; nothing is hashed twice or left out.
    mutating func jump(to target: Int64) {
        if target >= windowStart, target <= windowStart + Int64(windowCount) {
            position = target
        } else if target <= hashedTo {
            (position, windowStart, windowCount) = (target, target, 0)
        } else {
            if position < hashedTo { jump(to: hashedTo) }
            skip(to: target)
        }
    }

    /// Goes forward; what lies between is hashed.
    private mutating func skip(to target: Int64) {
        while position < target {
            let count = peek().count
            guard count > 0 else { return }
            position += min(Int64(count), target - position)
        }
    }

    /// The next byte; nil at the end.
    mutating func byte() -> UInt8? {
        guard let first = peek().first else { return nil }
        position += 1
        return first
    }

    /// Reads on to the end and gives the hash of everything before ``hashedEnd``.
    mutating func finishHash() -> [UInt8] {
        jump(to: end)
        return hasher.finish()
    }

    private mutating func refill() {
        windowStart += Int64(windowCount)
        windowCount = 0
        let wanted = Int(min(Int64(Self.windowBytes), max(0, end - windowStart)))
        guard wanted > 0, !isBroken else { return }
        windowCount = source.read(at: windowStart, into: UnsafeMutableRawBufferPointer(rebasing: window[..<wanted]))
        guard windowCount > 0 else {
            windowCount = 0
            isBroken = true
            return
        }
        let until = min(windowStart + Int64(windowCount), hashedEnd)
        guard hashedTo < until, hashedTo >= windowStart else { return }
        let fresh = window[Int(hashedTo - windowStart)..<Int(until - windowStart)]
        hasher.update(UnsafeRawBufferPointer(rebasing: fresh))
        hashedTo = until
    }
}
