/// Where the boxes of a graph lie: a column a kind, in each the order in which few lines cross.
struct GraphLayout {
    /// The boxes of each column, from top to bottom.
    private(set) var columns: [[Int]]
    /// The row of each box.
    private(set) var rows: [Int]

    /// The order follows the neighbours' mean rows, to and fro (the barycentre heuristic of Sugiyama, Tagawa and Toda).
    init(_ graph: ProvenanceGraph) {
        columns = ProvenanceGraph.Column.allCases.map { column in
            graph.nodes.indices.filter { graph.nodes[$0].column == column }
        }
        rows = Array(repeating: 0, count: graph.nodes.count)
        number()
        var neighbours: [[Int]] = Array(repeating: [], count: graph.nodes.count)
        for edge in graph.edges {
            neighbours[edge.from].append(edge.to)
            neighbours[edge.to].append(edge.from)
        }
        for sweep in 0..<Self.sweeps {
            let order =
                sweep.isMultiple(of: 2)
                ? Array(columns.indices.dropFirst()) : Array(columns.indices.dropLast().reversed())
            for column in order {
                let isForward = sweep.isMultiple(of: 2)
                columns[column] = sorted(columns[column]) { node in
                    neighbours[node].filter { other in
                        let place = graph.nodes[other].column.rawValue
                        return isForward ? place < column : place > column
                    }
                }
                number()
            }
        }
    }

    private static let sweeps = 6

    private func sorted(_ nodes: [Int], _ neighbours: (Int) -> [Int]) -> [Int] {
        let means = nodes.enumerated().map { place, node -> (mean: Double, place: Int, node: Int) in
            let rows = neighbours(node).map { Double(self.rows[$0]) }
            // A box without neighbours stays where it is.
            let mean = rows.isEmpty ? Double(place) : rows.reduce(0, +) / Double(rows.count)
            return (mean, place, node)
        }
        return means.sorted { ($0.mean, $0.place) < ($1.mean, $1.place) }.map(\.node)
    }

    private mutating func number() {
        for column in columns {
            for (row, node) in column.enumerated() { rows[node] = row }
        }
    }
}
