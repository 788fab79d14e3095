internal import CaseIndex
internal import Cryptography
internal import Report
internal import StrictJSON

/// A page of a list: filter, table with sortable heads, and links to the other pages.
struct ListView {
    let request: PageRequest
    let list: ListRequest
    let rows: ListedRows
    /// The columns that are shown; documents have all.
    let shown: [String]
    /// The parameters that the page reads itself, to be kept in links.
    var kept: [String] = []

    /// Reads the page of rows.
    init(
        _ list: CaseList,
        _ request: PageRequest,
        _ reader: CaseReader,
        shown: [String],
        fixed: [ListQuery.Filter] = [],
        others: [String] = []
    ) throws {
        self.request = request
        self.list = try ListRequest(list, request, fixed: fixed, others: others)
        self.shown = shown
        kept = others
        rows = try reader.rows(of: list, self.list.query)
    }

    /// The value of a column in a row.
    func value(_ row: [String?], _ column: String) -> String? {
        list.list.columns.firstIndex { $0.name == column }.flatMap { row[$0] }
    }

    // MARK: - For programs

    /// The JSON twin.
    func document(_ more: [(String, JSONValue)] = []) -> JSONValue {
        let members = rows.rows.map { row in
            JSONValue.members(zip(list.list.columns, row).map { ($0.name, JSONValue($1)) })
        }
        return Document.make(
            "browse-\(list.list.name)",
            more + [
                ("total", JSONValue(rows.total)), ("page", JSONValue(list.number)), ("size", JSONValue(list.size)),
                ("rows", .array(members)),
            ]
        )
    }

    // MARK: - For people

    /// Everything: the filter, the table and the pager.
    ///
    /// What `cell` answers nil for is shown as it stands.
    func nodes(
        noun: String,
        plural: String? = nil,
        first: ColumnHead? = nil,
        _ cell: (String, [String?]) throws -> HTMLNode?
    ) rethrows
        -> [HTMLNode]
    {
        let count = Count.text(rows.total, noun, plural: plural)
        let table = try table(noun, first, cell)
        return [
            filter, HTMLNode("p", [.class("note")], rows.rows.isEmpty ? "\(count) fit." : "\(count)\(place)."),
            activeFilters, table, pages,
        ]
    }

    /// A column that is no column of the list.
    struct ColumnHead {
        let title: String
        let cell: ([String?]) throws -> HTMLNode
    }

    private var place: String {
        guard rows.total > rows.rows.count else { return "" }
        return ", of which \(list.query.offset + 1) to \(list.query.offset + rows.rows.count) are shown"
    }

    private func table(_ noun: String, _ first: ColumnHead?, _ cell: (String, [String?]) throws -> HTMLNode?) rethrows
        -> HTMLNode
    {
        guard !rows.rows.isEmpty else { return .empty }
        let heads = (first.map { [HTMLNode("th", [HTMLAttribute("scope", "col")], $0.title)] } ?? []) + shown.map(head)
        let body = try rows.rows.map { row in
            let own = try first.map { [HTMLNode("td", [.class("word")], [try $0.cell(row)])] } ?? []
            let cells = try shown.map { column -> HTMLNode in
                let content = try cell(column, row) ?? Cell.node(column, value(row, column), list.list)
                return HTMLNode(
                    "td",
                    [HTMLAttribute("data-title", Cell.title(column)), .class(Cell.columnClass(column))],
                    [content]
                )
            }
            return HTMLNode("tr", [], own + cells + [.newline])
        }
        return HTMLNode(
            "table",
            [.class("list")],
            [
                HTMLNode("caption", [.class("unseen")], "\(list.list.name), page \(list.number)"),
                HTMLNode("thead", [], [HTMLNode("tr", [], heads)]), HTMLNode("tbody", [], body),
            ]
        )
    }

    private func head(_ column: String) -> HTMLNode {
        let order = list.order
        let isOwn = order.column == column
        let next = isOwn && !order.isDescending ? "desc" : "asc"
        let mark = isOwn ? (order.isDescending ? " ▾" : " ▴") : ""
        let sorted = isOwn ? [HTMLAttribute("aria-sort", order.isDescending ? "descending" : "ascending")] : []
        return HTMLNode(
            "th",
            [HTMLAttribute("scope", "col")] + sorted,
            [Link.node(address([("sort", column), ("order", next), ("page", nil)]), Cell.title(column) + mark)]
        )
    }

    /// The address of this list with other parameters.
    func address(_ changes: [(String, String?)]) -> String {
        let changed = Set(changes.map(\.0))
        let stay = request.parameters.filter { !changed.contains($0.name) && !$0.value.isEmpty }
        return Address.make(request.steps, stay.map { ($0.name, $0.value) } + changes)
    }

    private var filter: HTMLNode {
        let hidden = request.parameters.filter { $0.name != "q" && $0.name != "page" && !$0.value.isEmpty }.map {
            HTMLNode.void(
                "input",
                [
                    HTMLAttribute("type", "hidden"), HTMLAttribute("name", $0.name),
                    HTMLAttribute("value", $0.value),
                ]
            )
        }
        return HTMLNode(
            "form",
            [
                .class("ask"), HTMLAttribute("method", "get"), HTMLAttribute("action", Address.make(request.steps)),
            ],
            hidden + [
                Form.field("q", "Contains", request.value("q") ?? "", isWide: true),
                HTMLNode("button", [HTMLAttribute("type", "submit")], "Filter"),
            ]
        )
    }

    private var activeFilters: HTMLNode {
        let names = Set(list.list.columns.map(\.name) + ["q"])
        let active = request.parameters.filter {
            names.contains($0.name) && !kept.contains($0.name) && !$0.value.isEmpty
        }
        guard !active.isEmpty else { return .empty }
        let items = active.map { parameter in
            HTMLNode(
                "li",
                [],
                [
                    .text("\(parameter.name == "q" ? "contains" : Cell.title(parameter.name)) "),
                    HTMLNode("code", [], [.evidence(parameter.value)]), .text(" "),
                    Link.node(address([(parameter.name, nil), ("page", nil)]), "remove"),
                ]
            )
        }
        return HTMLNode("ul", [.class("choices")], items)
    }

    /// Links to the other pages.
    var pages: HTMLNode {
        let count = max(1, (rows.total + list.size - 1) / list.size)
        guard count > 1 else { return .empty }
        let near = max(1, list.number - 2)...max(max(1, list.number - 2), min(count, list.number + 2))
        let items = Set([1, count] + near).filter { $0 <= count }.sorted().map { number in
            number == list.number
                ? HTMLNode("li", [], [HTMLNode("span", [HTMLAttribute("aria-current", "page")], "\(number)")])
                : HTMLNode("li", [], [Link.node(address([("page", "\(number)")]), "\(number)")])
        }
        return HTMLNode(
            "div",
            [
                .class("pager"), HTMLAttribute("role", "group"),
                HTMLAttribute("aria-label", "Pages of the list, \(list.number) of \(count)"),
            ],
            [HTMLNode("ul", [], items)]
        )
    }
}
