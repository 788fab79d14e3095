import Cryptography
import GRDB
import Testing

@testable import CaseIndex

@Suite("What a new case consists of is known by its digest")
struct SchemaTests {
    @Test("A change of the schema changes the digest that stands in the code")
    func digest() throws {
        let made = try DatabaseQueue().inDatabase { database in
            try Schema.create(database)
            return try ContentListing.schemaDigest(database).hex
        }
        #expect(made == Schema.digest)
    }
}
