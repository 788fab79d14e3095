/// Which rows of a list are wanted, and in which order.
package struct ListQuery: Hashable, Sendable {
    /// The column to sort by; nil for the list's own order.
    package var sort: String?
    /// From the last to the first; nil for the list's own direction.
    package var isDescending: Bool?
    /// Values that columns must have, byte for byte.
    package var filters: [Filter] = []
    /// Text that some column must contain.
    package var text = ""
    /// Rows to pass over.
    package var offset = 0
    /// The most rows that are read.
    package var limit = 50

    /// One value that a column must have.
    package struct Filter: Hashable, Sendable {
        package let column: String
        package let value: String

        package init(_ column: String, _ value: String) {
            (self.column, self.value) = (column, value)
        }
    }

    package init() {}
}

/// Rows of a list.
package struct ListedRows: Sendable {
    /// The rows, a value a column; nil where the record says nothing.
    package let rows: [[String?]]
    /// How many rows fit altogether.
    package let total: Int
}
