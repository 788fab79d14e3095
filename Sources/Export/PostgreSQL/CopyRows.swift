internal import CaseIndex

/// Writes rows of one table in the binary form of PostgreSQL's COPY.
///
/// Nothing has to be escaped in it: each value is its length and its bytes, numbers are big-endian (documentation of
/// COPY, "Binary Format").
struct CopyRows {
    private let width: Int
    private let caseID: [UInt8]

    static let header: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)
    static let trailer: [UInt8] = [0xFF, 0xFF]

    init(_ table: ExportedTable, caseID: String) {
        width = table.columns.count
        self.caseID = Array(caseID.utf8)
    }

    /// Appends one row.
    func append(_ row: TableRow, ordinal: Int64, to output: inout [UInt8]) throws {
        Self.append(Int16(clamping: width + ExportedTable.leading.count), to: &output)
        Self.append(Int32(clamping: caseID.count), to: &output)
        output += caseID
        Self.append(number: ordinal, to: &output)
        for place in 0..<width {
            switch try row.value(place) {
            case .null: Self.append(Int32(-1), to: &output)
            case .integer(let number): Self.append(number: number, to: &output)
            case .text(let bytes) where !TextForm.isPlain(bytes):
                Self.append(Int32(clamping: TextForm.mark.count + 2 * bytes.count), to: &output)
                TextForm.appendMarked(bytes, to: &output)
            case .text(let bytes), .bytes(let bytes):
                Self.append(Int32(clamping: bytes.count), to: &output)
                output.append(contentsOf: bytes)
            }
        }
    }

    private static func append(number: Int64, to output: inout [UInt8]) {
        append(Int32(8), to: &output)
        append(number, to: &output)
    }

    private static func append(_ number: some FixedWidthInteger, to output: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { output.append(contentsOf: $0) }
    }
}
