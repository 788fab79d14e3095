internal import CaseIndex

/// What an address asks of a list: order, filters, and the page.
struct ListRequest {
    let list: CaseList
    let query: ListQuery
    let number: Int
    let size: Int

    static let largestPage = 500
    static let standardPage = 50

    /// Reads an address; `fixed` are filters of the page itself, `others` parameters that the page reads.
    ///
    /// - Throws: ``BrowseError/badParameter(name:reason:)``.
    init(_ list: CaseList, _ request: PageRequest, fixed: [ListQuery.Filter] = [], others: [String] = [])
        throws(BrowseError)
    {
        let names = list.columns.map(\.name)
        try request.allow(["q", "sort", "order", "page", "size"] + names + others)
        self.list = list
        number = try request.number("page", in: 1...1_000_000, otherwise: 1)
        size = try request.number("size", in: 1...Self.largestPage, otherwise: Self.standardPage)
        var query = ListQuery()
        if let sort = request.value("sort") {
            guard names.contains(sort) else {
                throw .badParameter(name: "sort", reason: "one of \(names.joined(separator: ", "))")
            }
            query.sort = sort
        }
        if let order = request.value("order") {
            guard order == "asc" || order == "desc" else {
                throw .badParameter(name: "order", reason: "asc or desc")
            }
            query.isDescending = order == "desc"
        }
        query.filters = fixed
        for name in names where !others.contains(name) {
            if let value = request.value(name) { query.filters.append(ListQuery.Filter(name, value)) }
        }
        query.text = request.value("q") ?? ""
        query.offset = (number - 1) * size
        query.limit = size
        self.query = query
    }

    /// The column by which it is sorted, and from which end.
    var order: (column: String, isDescending: Bool) {
        let isOwn = query.sort == nil
        return (query.sort ?? list.order, query.isDescending ?? (isOwn ? list.isDescending : false))
    }
}
