import Foundation
import TestSupport
import Testing

@testable import Evidence

@Suite("Documents that wait beside memory come back as they were")
struct DocumentSpoolTests {
    /// Documents of different lengths and bytes, 9 MiB in all: more than stays in memory.
    private static let documents = (0..<600).map { number in
        [UInt8](repeating: UInt8(number % 251), count: 15_000 + number) + Array("\(number)".utf8)
    }

    private static func isSpooled(_ document: DocumentSpool.Document) -> Bool {
        if case .spooled = document { true } else { false }
    }

    @Test func givesEachBack() {
        let spool = DocumentSpool()
        let kept = Self.documents.map { spool.keep($0) }
        #expect(!Self.isSpooled(kept[0]))
        #expect(kept.count(where: Self.isSpooled) > 200)
        // In another order than they were kept in.
        for position in kept.indices.reversed() {
            #expect(kept[position].bytes == Self.documents[position], "\(position)")
            #expect(kept[position].count == Self.documents[position].count)
        }
    }

    @Test func outlivesItsSpool() {
        var spool: DocumentSpool? = DocumentSpool()
        let kept = Self.documents.map { spool?.keep($0) }
        spool = nil
        #expect(kept.last??.bytes == Self.documents.last)
    }

    @Test("A document that the medium does not give back whole is no document")
    func loses() throws {
        let spool = DocumentSpool()
        let kept = Self.documents.map { spool.keep($0) }
        guard case .spooled(let file, let offset, let count) = try #require(kept.last) else {
            Issue.record("not spooled")
            return
        }
        #expect(ftruncate(file.descriptor, offset + off_t(count) - 1) == 0)
        #expect(kept.last?.bytes == nil)
    }
}
