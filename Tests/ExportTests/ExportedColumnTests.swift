import Testing

@testable import Export

@Suite struct ExportedColumnTests {
    @Test(arguments: [
        ("sourceID", "source_id"), ("claimedDiffID", "claimed_diff_id"), ("digest", "digest"),
        ("isTrusted", "is_trusted"),
        ("gitCommit", "git_commit"), ("user", "user_name"), ("offset", "byte_offset"), ("logID", "log_id"),
    ])
    func namesColumnsAsSQLDoes(_ stored: String, _ exported: String) {
        #expect(ExportedTable.sqlName(stored) == exported)
    }
}
