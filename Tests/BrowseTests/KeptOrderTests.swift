import CaseFixtures
import Cryptography
import Dispatch
import StrictJSON
import Testing

@testable import Browse
@testable import CaseIndex

/// Pages of long lists from orders that are kept, beside the same pages as the database sorts them.
@Suite("Orders of long lists that are kept") struct KeptOrderTests {
    private static func fixture() throws -> CaseFixture {
        let fixture = try CaseFixture()
        for number in 0..<4 { try fixture.addTutorialImage("b:\(number)") }
        _ = try fixture.addImage("a:plain")
        _ = try fixture.addImage("ä:plain")
        try addJobs(fixture, 0..<30)
        return fixture
    }

    /// Jobs of which many have the same values, and some none.
    private static func addJobs(_ fixture: CaseFixture, _ numbers: Range<Int>) throws {
        let names = ["build", "build\u{0}", "", "b", "büro", "buildbuildbuild", "buildbuildbuile"]
        try fixture.caseFile.write { writer in
            for number in numbers {
                let origin = RunOrigin(
                    sourceID: fixture.sourceID,
                    service: "gitlab",
                    server: nil,
                    project: number % 2 == 0 ? nil : "p",
                    projectID: nil,
                    readFrom: CaseFixture.digest("jobs"),
                    pointer: ""
                )
                var job = JobRecord(origin: origin, name: names[number % names.count])
                job.number = "\(number)"
                job.status = "success"
                job.runnerID = number % 5 == 0 ? nil : "\(number % 3)"
                job.isTag = number % 3 == 0
                try writer.insert(job)
            }
        }
    }

    /// Every page of every order of a list: what kept orders answer, and what the database does.
    private static func compare(_ file: CaseFile, _ list: CaseList) throws {
        for column in list.columns {
            for isDescending in [false, true] {
                var query = ListQuery()
                query.sort = column.name
                query.isDescending = isDescending
                query.limit = 7
                var total = 1
                while query.offset < total + query.limit {
                    let kept = try file.read { try $0.rows(of: list, query) }
                    let sorted = try file.read { try CaseReader(database: $0.database).rows(of: list, query) }
                    #expect(kept.rows == sorted.rows, "\(list.name) \(column.name) \(isDescending) \(query.offset)")
                    #expect(kept.total == sorted.total)
                    total = sorted.total
                    query.offset += query.limit
                }
            }
        }
    }

    @Test func areThoseOfTheDatabase() throws {
        let fixture = try Self.fixture()
        let file = try CaseFile.openForBrowsing(fixture.path)
        try file.gatherOrders(ofListsFrom: 1)
        for list in CaseList.all {
            let hasRows = try file.read { try $0.size(of: list) } > 0
            for column in list.columns where hasRows {
                #expect((file.orders.order(of: list, by: column) != nil) == list.isNumbered, "\(list.name)")
            }
            try Self.compare(file, list)
        }
    }

    @Test func areLeftToTheDatabaseForShortLists() throws {
        let fixture = try Self.fixture()
        let file = try CaseFile.openForBrowsing(fixture.path)
        try file.gatherOrders(ofListsFrom: 10)
        #expect(file.orders.size(of: .jobs)?.rows == 30)
        #expect(file.orders.size(of: .images) == nil)
    }

    @Test func areThoseOfTheStateThatIsRead() throws {
        let fixture = try Self.fixture()
        let file = try CaseFile.openForBrowsing(fixture.path)
        try file.gatherOrders(ofListsFrom: 1)
        try Self.addJobs(fixture, 30..<45)
        try fixture.addTutorialImage("a:0")
        // Before and after the lists are gathered anew, and then with new orders.
        try Self.compare(file, .jobs)
        #expect(try file.read { try $0.size(of: .jobs) } == 45)
        try file.gatherLists()
        #expect(file.orders.size(of: .jobs) == nil)
        try file.gatherOrders(ofListsFrom: 1)
        #expect(file.orders.size(of: .jobs)?.rows == 45)
        for list in [CaseList.jobs, .images, .tags] { try Self.compare(file, list) }
    }

    @Test func keepNothingOfAStateThatIsGone() throws {
        let fixture = try Self.fixture()
        let file = try CaseFile.openForBrowsing(fixture.path)
        let gone = file.orders.generation
        try file.gatherLists()
        let column = try #require(CaseList.jobs.columns.first)
        file.orders.keep([1, 2, 3], of: .jobs, by: column, gone)
        #expect(file.orders.order(of: .jobs, by: column) == nil)
    }

    @Test func sortAsSQLiteDoes() throws {
        let fixture = try CaseFixture()
        let sorted = try fixture.caseFile.read { reader -> ([Int64], [Int64]) in
            let values = """
                (VALUES (NULL), (0), (-1), (1), (9223372036854775807), (-9223372036854775808), ('1'), (''), ('a'), (NULL),
                    ('a' || char(0)), (x''), (x'00'), (x'ff'), ('aa'), ('aaaaaaaaaab'), ('aaaaaaaaaa'), ('é'), ('a'))
                """
            var keys = SortKeys()
            try RawQuery(reader.database, "SELECT column1 FROM \(values) WHERE ? = 1").forEachRow(1) { row in
                let isSorted = keys.append(row, 0)
                #expect(isSorted)
            }
            var expected: [Int64] = []
            let numbered = "SELECT row_number() OVER () - 1 AS n, column1 FROM \(values)"
            try RawQuery(reader.database, "SELECT n FROM (\(numbered)) WHERE ? = 1 ORDER BY column1, n").forEachRow(1) {
                row in
                expected.append(row.integer(0))
            }
            return (keys.sorted(Array(0..<UInt32(keys.count))).map { Int64($0) }, expected)
        }
        #expect(sorted.0 == sorted.1)
    }

    @Test func areShownByPages() throws {
        let fixture = try Self.fixture()
        let queue = DispatchQueue(label: "test")
        queue.suspend()
        let file = try CaseFile.openForBrowsing(fixture.path)
        let browser = try CaseBrowser(file, path: "case", tool: "test", longList: 1, background: queue)
        let targets = [
            "/jobs.json?sort=runner&page=2&size=10", "/jobs.json?size=5", "/images.json?sort=findings&order=desc",
        ]
        let before = targets.map { browser.answer($0) }
        queue.resume()
        queue.sync {}
        #expect(file.orders.size(of: .jobs)?.rows == 30)
        #expect(targets.map { browser.answer($0) } == before)
    }
}
