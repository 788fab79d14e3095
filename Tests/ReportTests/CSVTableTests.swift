import CaseFixtures
import CaseIndex
import Testing

@testable import Report

@Suite struct CSVTableTests {
    @Test(arguments: [
        ("=1+1", "'=1+1"), ("+1", "+1"), ("-2", "-2"), ("-cmd", "'-cmd"), ("@SUM(A1)", "'@SUM(A1)"),
        ("  =1", "'  =1"), ("＝1", "'＝1"), ("\t=1", "\\u{9}=1"), ("\rx", "\\u{d}x"), ("plain", "plain"),
        ("a,b", "\"a,b\""), ("say \"x\"", "\"say \"\"x\"\"\""), ("", ""),
    ])
    func makesNoFormula(_ text: String, _ cell: String) {
        #expect(CSVTable.cell(text) == cell)
    }

    /// Read back as RFC 4180 says, every row has as many cells as the header.
    @Test(arguments: HostileEvidence.texts)
    func keepsEveryRowAsWideAsItsHeader(_ text: String) throws {
        let (fixture, image) = try HostileEvidence.fixture(text)
        try fixture.caseFile.read { reader in
            let stream = try DossierStream(of: [image], in: fixture.caseFile, at: "case", reader)
            var tables = [String](repeating: "", count: CSVTable.all.count)
            try CSVTable.write(CSVTable.all, stream, to: { tables[$0] += $1 }) { _ in }
            for (table, written) in zip(CSVTable.all, tables) {
                let rows = Self.rows(written)
                #expect(rows.first == table.columns)
                #expect(rows.allSatisfy { $0.count == table.columns.count }, "\(table.name)")
            }
        }
    }

    private static func rows(_ text: String) -> [[String]] {
        var rows: [[String]] = []
        var row: [String] = []
        var cell = ""
        var isQuoted = false
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\"" where isQuoted && scalars.first == "\"":
                cell += "\""
                scalars = scalars.dropFirst()
            case "\"": isQuoted.toggle()
            case "," where !isQuoted:
                row.append(cell)
                cell = ""
            case "\r" where !isQuoted: break
            case "\n" where !isQuoted:
                rows.append(row + [cell])
                (row, cell) = ([], "")
            default: cell.unicodeScalars.append(scalar)
            }
        }
        return rows
    }
}
