internal import Cryptography

extension TransparencyLogEntry {
    /// Reads an entry in protobuf's binary form (protobuf-specs, `sigstore_rekor.proto`), as gitsign puts it into a
    /// commit's signature, without a body.
    ///
    /// - Parameters:
    ///   - bytes: The message.
    ///   - body: The body that it is about; a body in the message must be the same.
    /// - Throws: ``FormatError``.
    package init(wire bytes: [UInt8], body: [UInt8]) throws(FormatError) {
        let message = try WireMessage(bytes, path: "TransparencyLogEntry")
        let log = try message.message(2)
        let kindVersion = try message.message(3)
        let proof = try message.message(6)
        let stated = try message.bytes(7)
        guard stated.isEmpty || stated == body else {
            throw .malformed(path: "TransparencyLogEntry.canonicalizedBody", expected: "the body of this signature")
        }
        let index = try message.integer(1)
        guard index >= 0 else { throw .malformed(path: "TransparencyLogEntry.logIndex", expected: "no negative index") }
        self.init(
            logIndex: index,
            logID: try log?.bytes(1) ?? [],
            kind: try kindVersion?.text(1) ?? "",
            version: try kindVersion?.text(2) ?? "",
            integratedTime: try message.integer(4),
            inclusionPromise: try message.message(5)?.bytes(1),
            inclusionProof: try proof.map { proof throws(FormatError) in
                InclusionProof(
                    logIndex: try proof.integer(1),
                    rootHash: try proof.bytes(2),
                    treeSize: try proof.integer(3),
                    hashes: try proof.list(4, limit: InclusionProof.maximumHashes),
                    checkpoint: try proof.message(5)?.text(1) ?? ""
                )
            },
            canonicalizedBody: body
        )
    }
}

/// One message in protobuf's binary form: fields by number; of one that may occur once the last counts.
struct WireMessage {
    private var integers: [UInt64: UInt64] = [:]
    private var contents: [UInt64: [ArraySlice<UInt8>]] = [:]
    private let path: String

    /// More fields than any of these messages has.
    private static let maximumFields = 256

    init(_ bytes: some Collection<UInt8>, path: String) throws(FormatError) {
        self.path = path
        var rest = Array(bytes)[...]
        var count = 0
        while !rest.isEmpty {
            count += 1
            guard count <= Self.maximumFields else {
                throw .tooMany(path: path, count: count, limit: Self.maximumFields)
            }
            guard let tag = Self.varint(&rest), tag >> 3 > 0 else { throw .malformed(path: path, expected: "a field") }
            switch tag & 7 {
            case 0:
                guard let value = Self.varint(&rest) else { throw .malformed(path: path, expected: "an integer") }
                integers[tag >> 3] = value
            case 2:
                guard let length = Self.varint(&rest), length <= UInt64(rest.count) else {
                    throw .malformed(path: path, expected: "a field of its stated length")
                }
                contents[tag >> 3, default: []].append(rest.prefix(Int(length)))
                rest = rest.dropFirst(Int(length))
            default: throw .malformed(path: path, expected: "an integer or bytes")
            }
        }
    }

    private static func varint(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard let byte = rest.popFirst(), shift < 63 || byte <= 1 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
        }
        return nil
    }

    func integer(_ field: UInt64) throws(FormatError) -> Int64 {
        guard contents[field] == nil else { throw .malformed(path: "\(path).\(field)", expected: "an integer") }
        return Int64(bitPattern: integers[field] ?? 0)
    }

    func bytes(_ field: UInt64) throws(FormatError) -> [UInt8] {
        guard integers[field] == nil else { throw .malformed(path: "\(path).\(field)", expected: "bytes") }
        return contents[field]?.last.map { Array($0) } ?? []
    }

    func text(_ field: UInt64) throws(FormatError) -> String {
        guard let text = String(validating: try bytes(field), as: UTF8.self)
        else { throw .malformed(path: "\(path).\(field)", expected: "text") }
        return text
    }

    func list(_ field: UInt64, limit: Int) throws(FormatError) -> [[UInt8]] {
        let list = contents[field] ?? []
        guard list.count <= limit else { throw .tooMany(path: "\(path).\(field)", count: list.count, limit: limit) }
        return list.map { Array($0) }
    }

    func message(_ field: UInt64) throws(FormatError) -> WireMessage? {
        guard let content = contents[field]?.last else { return nil }
        return try WireMessage(content, path: "\(path).\(field)")
    }
}
