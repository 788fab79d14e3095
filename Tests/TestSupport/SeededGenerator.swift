/// A generator of numbers that gives the same ones for the same seed (SplitMix64), so that a failure can be repeated.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// A generator with a seed.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}

/// Damages a good document in the ways that files are damaged and parsers are attacked.
package struct Mutator {
    private var generator: SeededGenerator
    private static let telling: [UInt8] = [
        0x00, 0x01, 0x7F, 0x80, 0x81, 0x84, 0xA0, 0xFE, 0xFF, 0x22, 0x5C, 0x2C, 0x30,
    ]

    /// A mutator with a seed.
    package init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
    }

    /// One to four damages of `document`.
    package mutating func mutate(_ document: [UInt8]) -> [UInt8] {
        var bytes = document
        for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
            damage(&bytes)
        }
        return bytes
    }

    /// One of several documents, damaged; now and then with a part of another one in it, or with a great many of one byte,
    /// as a list that opens thousands of times has.
    package mutating func mutate(oneOf documents: [[UInt8]]) -> [UInt8] {
        var bytes = mutate(documents.randomElement(using: &generator) ?? [])
        guard !bytes.isEmpty, let other = documents.randomElement(using: &generator), !other.isEmpty else {
            return bytes
        }
        let position = Int.random(in: 0...bytes.count, using: &generator)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0:
            let start = Int.random(in: other.indices, using: &generator)
            let end = Int.random(in: start...other.count, using: &generator)
            bytes.insert(contentsOf: other[start..<end], at: position)
        case 1:
            let opening: [UInt8] = [0x5B, 0x7B, 0x22, 0x30, 0x80, 0x0A, 0x39]
            let byte = opening.randomElement(using: &generator) ?? 0
            bytes.insert(
                contentsOf: repeatElement(byte, count: Int.random(in: 1...9_000, using: &generator)),
                at: position
            )
        default: break
        }
        return bytes
    }

    private mutating func damage(_ bytes: inout [UInt8]) {
        let position = Int.random(in: bytes.indices, using: &generator)
        let length = min(Int.random(in: 1...24, using: &generator), bytes.count - position)
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 1: bytes[position] = Self.telling.randomElement(using: &generator) ?? 0
        case 2: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 3: bytes.removeSubrange(position..<position + length)
        case 4: bytes.insert(contentsOf: bytes[position..<position + length], at: position)
        case 5: bytes.removeSubrange(position...)
        case 6: bytes.insert(UInt8.random(in: 0...255, using: &generator), at: position)
        default:
            let other = Int.random(in: bytes.indices, using: &generator)
            bytes.swapAt(position, other)
        }
    }
}
