internal import CaseIndex
internal import Cryptography
internal import Git

/// Records OpenPGP signatures (RFC 9580) without verifying them: who is said to have signed, and when.
enum OpenPGPCommitCheck {
    static func judge(_ signature: ObjectSignature, into findings: inout CommitFindings) {
        guard let packet = OpenPGPSignature(armour: signature.armour) else {
            findings.add("form", .notPerformed, "openpgp.unreadable", "an OpenPGP signature that cannot be read")
            return
        }
        let key = packet.fingerprint ?? packet.keyID
        findings.identity = key.map { "key \($0)" }
        let time = packet.createdAt.map { ", made at \($0) by its own word" } ?? ""
        findings.add(
            "signature",
            .notPerformed,
            "openpgp.unsupported",
            "an OpenPGP signature by the key \(key ?? "that it does not name")\(time)"
        )
    }
}

/// What the first signature packet of an armoured text says of itself.
struct OpenPGPSignature {
    /// The issuer's key id, 16 digits.
    private(set) var keyID: String?
    /// The issuer's fingerprint.
    private(set) var fingerprint: String?
    /// When it was made, as it says.
    private(set) var createdAt: Timestamp?

    private static let maximumBytes = 256 << 10

    init?(armour: [UInt8]) {
        guard armour.count <= Self.maximumBytes, let packet = Self.firstPacket(Self.decoded(armour)),
            packet.tag == 2, let version = packet.body.first
        else { return nil }
        switch version {
        case 3: readVersion3(packet.body)
        case 4: readSubpackets(packet.body, lengthBytes: 2)
        case 6: readSubpackets(packet.body, lengthBytes: 4)
        default: return nil
        }
    }

    /// The base64 between the armour's headers and its checksum.
    private static func decoded(_ armour: [UInt8]) -> [UInt8] {
        var isBody = false
        var text: [UInt8] = []
        for line in armour.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let line = line.filter { $0 != 0x0D && $0 != 0x20 }
            if line.starts(with: "-----END".utf8) { break }
            if isBody, line.first != UInt8(ascii: "=") { text += line }
            // An empty line ends the headers; some writers leave both out.
            if line.isEmpty { isBody = true }
        }
        return Base64.decode(text) ?? []
    }

    /// The first packet in either header format (RFC 9580 §4.2).
    private static func firstPacket(_ bytes: [UInt8]) -> (tag: UInt8, body: ArraySlice<UInt8>)? {
        guard let first = bytes.first, first & 0x80 != 0, bytes.count > 2 else { return nil }
        if first & 0x40 != 0 {
            guard let (length, next) = length(bytes[1...]) else { return nil }
            return (first & 0x3F, next.prefix(length))
        }
        let count = 1 << Int(first & 3)
        guard first & 3 != 3, bytes.count > count else { return nil }
        let length = bytes[1...count].reduce(0) { $0 << 8 | Int($1) }
        return (first >> 2 & 0x0F, bytes[(1 + count)...].prefix(length))
    }

    /// A length of the new format: one, two or five octets.
    private static func length(_ bytes: ArraySlice<UInt8>) -> (Int, ArraySlice<UInt8>)? {
        guard let first = bytes.first else { return nil }
        let rest = bytes.dropFirst()
        switch first {
        case ..<192: return (Int(first), rest)
        case 192..<224:
            guard let second = rest.first else { return nil }
            return ((Int(first) - 192) << 8 + Int(second) + 192, rest.dropFirst())
        case 255:
            guard rest.count >= 4 else { return nil }
            return (rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }, rest.dropFirst(4))
        default: return nil
        }
    }

    private mutating func readVersion3(_ body: ArraySlice<UInt8>) {
        let fields = Array(body)
        guard fields.count >= 15 else { return }
        createdAt = Self.time(fields[3..<7])
        keyID = Hexadecimal.encode(fields[7..<15])
    }

    /// Both areas of subpackets (RFC 9580 §5.2.3): the one that is signed, then the other.
    private mutating func readSubpackets(_ body: ArraySlice<UInt8>, lengthBytes: Int) {
        var rest = body.dropFirst(4)
        for _ in 0..<2 {
            guard rest.count >= lengthBytes else { return }
            let count = rest.prefix(lengthBytes).reduce(0) { $0 << 8 | Int($1) }
            rest = rest.dropFirst(lengthBytes)
            read(area: rest.prefix(count))
            rest = rest.dropFirst(count)
        }
    }

    private mutating func read(area: ArraySlice<UInt8>) {
        var rest = area
        while let (length, next) = Self.length(rest), length > 0, next.count >= length, let type = next.first {
            let content = next.prefix(length).dropFirst()
            rest = next.dropFirst(length)
            switch type & 0x7F {
            case 2 where content.count == 4: createdAt = createdAt ?? Self.time(content)
            case 16 where content.count == 8: keyID = keyID ?? Hexadecimal.encode(content)
            case 33 where content.count > 1: fingerprint = fingerprint ?? Hexadecimal.encode(content.dropFirst())
            default: continue
            }
        }
    }

    private static func time(_ bytes: ArraySlice<UInt8>) -> Timestamp {
        Timestamp(seconds: bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) })
    }
}
