/// Base64 (RFC 4648 §4), read strictly: each encoding has exactly one decoding and the reverse.
public enum Base64 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// Character to its six bits, 255 for what is not in the alphabet.
    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, character) in alphabet.enumerated() {
            table[Int(character)] = UInt8(value)
        }
        return table
    }()

    /// The standard alphabet with padding.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        encode(Array(bytes))
    }

    /// The standard alphabet with padding, from an array.
    private static func encode(_ bytes: [UInt8]) -> String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        let alphabet = alphabet
        var pending: UInt32 = 0
        var count = 0
        for byte in bytes {
            pending = pending << 8 | UInt32(byte)
            count += 1
            if count == 3 {
                text.append(alphabet[Int(pending >> 18 & 63)])
                text.append(alphabet[Int(pending >> 12 & 63)])
                text.append(alphabet[Int(pending >> 6 & 63)])
                text.append(alphabet[Int(pending & 63)])
                pending = 0
                count = 0
            }
        }
        if count > 0 {
            pending <<= UInt32(8 * (3 - count))
            text.append(alphabet[Int(pending >> 18 & 63)])
            text.append(alphabet[Int(pending >> 12 & 63)])
            text.append(count == 2 ? alphabet[Int(pending >> 6 & 63)] : UInt8(ascii: "="))
            text.append(UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// Decodes padded standard base64; nil for white space, another alphabet, wrong padding or stray bits at the end.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        decode(Array(text.utf8))
    }

    /// Decodes padded standard base64 from its ASCII bytes.
    public static func decode(_ characters: [UInt8]) -> [UInt8]? {
        guard characters.count.isMultiple(of: 4) else { return nil }
        var end = characters.count
        while end > 0, characters.count - end < 2, characters[end - 1] == UInt8(ascii: "=") { end -= 1 }
        // Looked up once: the table is made on first use, which every look would ask about.
        let table = values
        var leftOver: UInt32 = 0
        var isInAlphabet = true
        let bytes = [UInt8](unsafeUninitializedCapacity: end * 6 / 8) { buffer, count in
            var pending: UInt32 = 0
            var bits: UInt32 = 0
            for character in characters[..<end] {
                let value = table[Int(character)]
                isInAlphabet = isInAlphabet && value != 255
                pending = pending << 6 | UInt32(value & 63)
                bits += 6
                if bits >= 8 {
                    bits -= 8
                    buffer[count] = UInt8(truncatingIfNeeded: pending >> bits)
                    count += 1
                    pending &= (1 << bits) - 1
                }
            }
            leftOver = pending
        }
        guard isInAlphabet, leftOver == 0 else { return nil }
        return bytes
    }

    /// Decodes what protobuf's JSON mapping allows for bytes: the standard or the URL-safe alphabet, padded or not.
    public static func decodeProtobuf(_ text: some StringProtocol) -> [UInt8]? {
        var characters = Array(text.utf8)
        for position in characters.indices {
            switch characters[position] {
            case UInt8(ascii: "-"): characters[position] = UInt8(ascii: "+")
            case UInt8(ascii: "_"): characters[position] = UInt8(ascii: "/")
            default: break
            }
        }
        // Padding is there in full or not at all.
        guard !characters.contains(UInt8(ascii: "=")) else { return decode(characters) }
        guard characters.count % 4 != 1 else { return nil }
        while !characters.count.isMultiple(of: 4) { characters.append(UInt8(ascii: "=")) }
        return decode(characters)
    }

    /// Decodes base64 in which lines were folded, as MIME and PEM do: CR, LF, tab and space are passed over.
    public static func decodeFolded(_ text: some StringProtocol) -> [UInt8]? {
        decode(text.utf8.filter { ![0x0A, 0x0D, 0x20, 0x09].contains($0) })
    }
}
