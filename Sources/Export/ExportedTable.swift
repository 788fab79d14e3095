package import CaseIndex

/// A table as it is exported: the rows of one table of the case, each with the case's name and its number in front.
///
/// The number (`ordinal`) counts the rows of the table in the order of its key. It makes every row findable however
/// long a key is, and tells which rows belong to a part of the table.
package struct ExportedTable: Sendable {
    /// The table of the case.
    package let source: CaseTable
    /// The name: the case's in lower case, words apart.
    package let name: String
    /// The columns' names, without the two that every table has.
    package let columns: [String]

    /// The columns that stand in front of every table's own.
    package static let leading = ["case_id", "ordinal"]

    package init(_ source: CaseTable) {
        self.source = source
        name = Self.sqlName(source.name)
        columns = source.columns.map { Self.sqlName($0.name) }
    }

    /// Every table, by name.
    ///
    /// - Throws: What SQLite throws when it has no memory.
    package static func all() throws -> [ExportedTable] {
        try CaseTable.all().map(Self.init).sorted { $0.name < $1.name }
    }

    /// A name that needs no quotes in any dialect: `sourceID` is `source_id`.
    ///
    /// Reserved words of SQL get names of their own.
    static func sqlName(_ name: String) -> String {
        var result = ""
        var wasLower = false
        for character in name {
            if character.isUppercase, wasLower { result.append("_") }
            result += character.lowercased()
            wasLower = !character.isUppercase
        }
        return reserved[result] ?? result
    }

    private static let reserved = ["user": "user_name", "offset": "byte_offset", "trailing": "trailing_bytes"]
}

/// Which case is exported, and in which state.
package struct ExportedCase: Sendable, Hashable {
    /// Its name: the hash of the first record of its custody log, 64 hexadecimal digits.
    ///
    /// It stays the same while the case grows, and no other case has it.
    package let id: String
    /// The hash of the last record: the state of the case.
    package let head: String
    /// How many records there are.
    package let records: Int
    /// The hashes of all records: the states through which the case went.
    package let states: Set<String>
    /// Whether all evidence was read to its end.
    package let isComplete: Bool

    /// - Throws: ``ExportError/noCustodyLog`` for a case to which nothing was ever added, and ``CaseError``.
    package init(_ reader: CaseReader) throws {
        let log = try reader.activities()
        guard let first = log.first, let last = log.last else { throw ExportError.noCustodyLog }
        (id, head, records) = (first.hash, last.hash, log.count)
        states = Set(log.map(\.hash))
        isComplete = try reader.incompleteSources().isEmpty
    }
}
