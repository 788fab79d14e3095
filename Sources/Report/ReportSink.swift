/// Where a report goes, piece by piece.
package typealias ReportSink = (String) throws -> Void

/// Joins small pieces before they are handed on.
struct BufferedSink {
    private var buffer = ""
    private let sink: ReportSink

    /// Pieces are handed on above this many bytes.
    private static let size = 256 << 10

    init(_ sink: @escaping ReportSink) {
        self.sink = sink
        buffer.reserveCapacity(Self.size + (16 << 10))
    }

    mutating func write(_ text: String) throws {
        buffer += text
        if buffer.utf8.count >= Self.size { try flush() }
    }

    mutating func flush() throws {
        guard !buffer.isEmpty else { return }
        try sink(buffer)
        buffer.removeAll(keepingCapacity: true)
    }
}
