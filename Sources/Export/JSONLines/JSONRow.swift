internal import CaseIndex
internal import Cryptography

/// Writes rows of one table as JSON objects, one a line.
///
/// Members stand in the order of the columns; NULL is `null`. A number beyond ±(2^53 − 1), which a reader may round (RFC
/// 8259, section 6), stands a second time as text in a last member `_exact`.
struct JSONRow {
    private let table: ExportedTable
    private let beginning: [UInt8]
    private let names: [[UInt8]]

    init(_ table: ExportedTable, caseID: String) {
        self.table = table
        beginning = Array("{\"case_id\":\"\(caseID)\",\"ordinal\":".utf8)
        names = table.columns.map { Array(",\"\($0)\":".utf8) }
    }

    /// Appends one row.
    func append(_ row: TableRow, ordinal: Int64, to output: inout [UInt8]) throws {
        output += beginning
        Self.append(ordinal, to: &output)
        var large: [(Int, Int64)] = []
        for place in names.indices {
            output += names[place]
            switch try row.value(place) {
            case .null: output += Self.null
            case .integer(let number):
                Self.append(number, to: &output)
                if number.magnitude > Self.largestSafe { large.append((place, number)) }
            case .text(let bytes): Self.append(text: bytes, to: &output)
            case .bytes(let bytes):
                output.append(Self.quote)
                output += Array(Base64.encode(Array(bytes)).utf8)
                output.append(Self.quote)
            }
        }
        if !large.isEmpty {
            let members = large.map { "\"\(table.columns[$0.0])\":\"\($0.1)\"" }
            output += Array(",\"_exact\":{\(members.joined(separator: ","))}".utf8)
        }
        output += Self.end
    }

    private static func append(_ number: Int64, to output: inout [UInt8]) {
        output += Array("\(number)".utf8)
    }

    private static func append(text bytes: UnsafeRawBufferPointer, to output: inout [UInt8]) {
        output.append(quote)
        defer { output.append(quote) }
        guard TextForm.isPlain(bytes) else {
            // The mark's backslash is escaped in JSON.
            output.append(backslash)
            return TextForm.appendMarked(bytes, to: &output)
        }
        guard bytes.contains(where: { $0 < 0x20 || $0 == quote || $0 == backslash || $0 == 0x7F }) else {
            return output.append(contentsOf: bytes)
        }
        for byte in bytes {
            switch byte {
            case quote, backslash: output += [backslash, byte]
            case 0..<0x20, 0x7F:
                output += Array("\\u00".utf8)
                output.append(Array("0123456789abcdef".utf8)[Int(byte >> 4)])
                output.append(Array("0123456789abcdef".utf8)[Int(byte & 15)])
            default: output.append(byte)
            }
        }
    }

    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")
    private static let null = Array("null".utf8)
    private static let end = Array("}\n".utf8)
    private static let largestSafe: UInt64 = 1 << 53 - 1
}
