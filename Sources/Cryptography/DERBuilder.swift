/// Writes the distinguished encoding of ASN.1 (X.690 §10), one value inside the other.
///
/// Only for what is made here: reading evidence is another type's work.
package enum DERBuilder {
    /// A value with a tag that is given as its identifier octet.
    package static func value(tag: UInt8, _ contents: [UInt8]) -> [UInt8] {
        [tag] + length(contents.count) + contents
    }

    /// SEQUENCE of values that are encoded already.
    package static func sequence(_ elements: [UInt8]...) -> [UInt8] {
        value(tag: 0x30, elements.flatMap { $0 })
    }

    /// SEQUENCE OF values that are encoded already.
    package static func sequence(of elements: [[UInt8]]) -> [UInt8] {
        value(tag: 0x30, elements.flatMap { $0 })
    }

    /// SET OF values that are encoded already, in the order that DER asks for.
    package static func set(of elements: [[UInt8]]) -> [UInt8] {
        value(tag: 0x31, elements.sorted { $0.lexicographicallyPrecedes($1) }.flatMap { $0 })
    }

    /// `[number]` around values that are encoded already: an explicit tag, or an implicit one of a constructed type.
    package static func context(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
        value(tag: 0xA0 | number, contents)
    }

    /// `[number]` in the place of the tag of a primitive type.
    package static func primitiveContext(_ number: UInt8, _ contents: [UInt8]) -> [UInt8] {
        value(tag: 0x80 | number, contents)
    }

    /// BOOLEAN.
    package static func boolean(_ value: Bool) -> [UInt8] {
        [0x01, 0x01, value ? 0xFF : 0x00]
    }

    /// INTEGER from an unsigned big-endian number.
    package static func unsignedInteger(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array(bytes.drop { $0 == 0 })
        let needsSignOctet = digits.first.map { $0 >= 0x80 } ?? true
        return value(tag: 0x02, (needsSignOctet ? [0] : []) + digits)
    }

    /// INTEGER.
    package static func integer(_ number: UInt32) -> [UInt8] {
        unsignedInteger([24, 16, 8, 0].map { UInt8(truncatingIfNeeded: number >> $0) })
    }

    /// BIT STRING of whole octets.
    package static func bitString(_ bytes: [UInt8]) -> [UInt8] {
        value(tag: 0x03, [0] + bytes)
    }

    /// BIT STRING of named bits (X.690 §11.2.2): bit 0 is the highest of the first octet, trailing zeros are left out.
    package static func namedBits(_ bits: [Int]) -> [UInt8] {
        guard let highest = bits.max() else { return value(tag: 0x03, [0]) }
        var octets = [UInt8](repeating: 0, count: highest / 8 + 1)
        for bit in bits { octets[bit / 8] |= 0x80 >> UInt8(bit % 8) }
        return value(tag: 0x03, [UInt8(7 - highest % 8)] + octets)
    }

    /// OCTET STRING.
    package static func octetString(_ bytes: [UInt8]) -> [UInt8] {
        value(tag: 0x04, bytes)
    }

    /// NULL.
    package static let null: [UInt8] = [0x05, 0x00]

    /// OBJECT IDENTIFIER from its arcs; there must be two or more.
    package static func objectIdentifier(_ arcs: [UInt64]) -> [UInt8] {
        precondition(arcs.count >= 2, "an object identifier has two arcs or more")
        return value(tag: 0x06, ([arcs[0] * 40 + arcs[1]] + arcs.dropFirst(2)).flatMap(base128))
    }

    /// UTF8String.
    package static func utf8String(_ text: String) -> [UInt8] {
        value(tag: 0x0C, Array(text.utf8))
    }

    /// PrintableString where the characters allow it, else UTF8String, as a DirectoryString of a name.
    package static func directoryString(_ text: String) -> [UInt8] {
        let printable = text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
            case UInt8(ascii: "0")...UInt8(ascii: "9"): true
            default: " '()+,-./:=?".utf8.contains(byte)
            }
        }
        return value(tag: printable ? 0x13 : 0x0C, Array(text.utf8))
    }

    /// UTCTime up to 2049 and GeneralizedTime later, as certificates write times (RFC 5280 §4.1.2.5).
    package static func certificateTime(_ time: Timestamp) -> [UInt8] {
        let digits = digits(time)
        guard time.seconds < 2_524_608_000 else { return value(tag: 0x18, digits) }
        return value(tag: 0x17, Array(digits.dropFirst(2)))
    }

    /// GeneralizedTime in universal time without a fraction.
    package static func generalizedTime(_ time: Timestamp) -> [UInt8] {
        value(tag: 0x18, digits(time))
    }

    /// `YYYYMMDDHHMMSSZ`.
    private static func digits(_ time: Timestamp) -> [UInt8] {
        let text = Timestamp(seconds: time.seconds).description
        return text.utf8.filter { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } + [UInt8(ascii: "Z")]
    }

    private static func base128(_ arc: UInt64) -> [UInt8] {
        var septets = [UInt8(arc & 0x7F)]
        var rest = arc >> 7
        while rest > 0 {
            septets.insert(UInt8(rest & 0x7F) | 0x80, at: 0)
            rest >>= 7
        }
        return septets
    }

    private static func length(_ count: Int) -> [UInt8] {
        guard count >= 0x80 else { return [UInt8(count)] }
        var octets: [UInt8] = []
        var rest = count
        while rest > 0 {
            octets.insert(UInt8(rest & 0xFF), at: 0)
            rest >>= 8
        }
        return [0x80 | UInt8(octets.count)] + octets
    }
}
