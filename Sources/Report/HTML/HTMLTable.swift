/// A table whose rows turn into blocks on a narrow page; each cell then shows the title of its column.
package struct HTMLTable {
    private let titles: [String]
    private let columns: [String]
    private let caption: String
    private var rows: [HTMLNode] = []

    /// - Parameters:
    ///   - titles: The columns' titles.
    ///   - columns: The columns' classes; a column of the class `head` or `fact` names its row.
    ///   - caption: What the table holds, for those who do not see it in its place.
    package init(_ titles: [String], columns: [String] = [], caption: String = "") {
        self.titles = titles
        self.columns = columns
        self.caption = caption
    }

    package var isEmpty: Bool { rows.isEmpty }

    package mutating func add(_ cells: [HTMLNode], class rowClass: String = "") {
        let nodes = cells.enumerated().map { index, cell in
            let column = index < columns.count ? columns[index] : ""
            let explainsItself = ["fact", "head", "word", "plain"].contains(column)
            let title = explainsItself || index >= titles.count ? [] : [HTMLAttribute("data-title", titles[index])]
            let attributes = title + (column.isEmpty ? [] : [.class(column)])
            let isHead = index == 0 && (column == "head" || column == "fact")
            return isHead
                ? HTMLNode("th", attributes + [HTMLAttribute("scope", "row")], [cell])
                : HTMLNode("td", attributes, [cell])
        }
        rows.append(HTMLNode("tr", rowClass.isEmpty ? [] : [.class(rowClass)], nodes))
    }

    /// The table; nothing when it has no rows.
    package var node: HTMLNode {
        guard !rows.isEmpty else { return .empty }
        let head = HTMLNode(
            "thead",
            [],
            [HTMLNode("tr", [], titles.map { HTMLNode("th", [HTMLAttribute("scope", "col")], $0) })]
        )
        let title = caption.isEmpty ? HTMLNode.empty : HTMLNode("caption", [.class("unseen")], caption)
        return HTMLNode("table", [], [title, head, HTMLNode("tbody", [], rows)])
    }
}

/// Names with values, as a definition list.
package struct HTMLFacts {
    private var pairs: [HTMLNode] = []

    package init() {}

    package mutating func add(_ name: String, _ value: HTMLNode) {
        pairs.append(HTMLNode("div", [], [HTMLNode("dt", [], name), HTMLNode("dd", [], [value])]))
    }

    /// Adds a value from evidence, if there is one.
    package mutating func add(_ name: String, evidence value: String?) {
        if let value { add(name, .evidence(value)) }
    }

    package var node: HTMLNode {
        pairs.isEmpty ? .empty : HTMLNode("dl", [], pairs)
    }
}
