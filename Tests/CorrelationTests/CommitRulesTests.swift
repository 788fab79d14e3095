import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Correlation

/// Rules that look the named commit up in a repository; each beside the case that must not trigger it.
@Suite struct CommitRulesTests {
    /// A case with the tutorial's image, whose certificate names `CaseFixture.commit` on `main`.
    private static func traced(
        committed time: Timestamp? = CaseFixture.time.adding(seconds: -600),
        protected: [String] = [],
        replacing annotations: [String: String] = [:],
        _ change: (inout MadeHistory) -> Void = { _ in }
    ) throws -> Trace {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(replacing: annotations, trusted: true).image
        var history = MadeHistory(time: time)
        change(&history)
        try history.write(to: fixture)
        return try fixture.caseFile.read { try Trace(of: image, in: $0, protected: protected) }
    }

    @Test func findsNothingWhereTheCommitIsOnItsBranch() throws {
        let trace = try Self.traced()
        #expect(trace.findings.isEmpty)
        let commit = try #require(trace.commits.first)
        #expect(trace.commits.count == 1 && commit.basis == .git)
        #expect(commit.record?.author.name == "Ada")
        #expect(commit.repositories.first?.protectedBranches.map(\.reachability) == [.reachable])
        #expect(commit.repositories.first?.claimedReferences.allSatisfy { $0.reachability == .reachable } == true)
    }

    @Test func saysNothingOfCommitsWithoutARepository() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addTutorialImage(trusted: true).image
        let trace = try fixture.caseFile.read { try Trace(of: image, in: $0) }
        #expect(trace.commits.isEmpty && trace.findings.isEmpty)
    }

    @Test func findsACommitThatNoRepositoryHolds() throws {
        let trace = try Self.traced { $0.holdsCommit = false }
        #expect(trace.findings.map(\.rule) == ["commit-absent"])
        #expect(trace.findings[0].records.contains("claim:"))
    }

    @Test func findsACommitThatTheBranchNoLongerHolds() throws {
        let trace = try Self.traced { $0.isOnMain = false }
        #expect(trace.findings.map(\.rule) == ["commit-not-on-ref", "commit-not-protected"])
        #expect(trace.findings[0].records.contains("gitCommit:\(CaseFixture.commit)"))
    }

    @Test func doesNotSayThatACutOffBranchLacksTheCommit() throws {
        let trace = try Self.traced {
            $0.isOnMain = false
            $0.isCutOff = true
        }
        #expect(trace.findings.isEmpty)
    }

    @Test func looksAtProtectedBranchesWhenTheyAreNamed() throws {
        #expect(try Self.traced(protected: ["main"]).findings.isEmpty)
        let trace = try Self.traced(protected: ["release"]) { $0.hasRelease = true }
        #expect(trace.findings.map(\.rule) == ["commit-not-protected"])
        #expect(trace.findings[0].message.contains("refs/heads/release"))
    }

    @Test func answersAboutNoOtherBranchThanTheOneThatIsNamed() throws {
        let commit = try #require(try Self.traced(protected: ["mian"]).commits.first)
        #expect(commit.repositories.map { $0.protectedBranches.isEmpty } == [true])
        let unnamed = try #require(try Self.traced().commits.first)
        #expect(unnamed.repositories.flatMap(\.protectedBranches).map(\.isDefault) == [true])
    }

    @Test func notesABranchThatIsNotThere() throws {
        let trace = try Self.traced {
            $0.mainName = "refs/heads/trunk"
        }
        #expect(trace.findings.map(\.rule) == ["ref-absent"])
        #expect(trace.findings[0].severity == .note)
    }

    @Test func findsACommitThatIsYoungerThanItsSignature() throws {
        #expect(try Self.traced(committed: CaseFixture.time.adding(seconds: 200)).findings.isEmpty)
        let trace = try Self.traced(committed: CaseFixture.time.adding(seconds: 4_000))
        #expect(trace.findings.map(\.rule) == ["commit-after-build"])
        #expect(try Self.traced(committed: nil).findings.isEmpty)
    }

    @Test func findsATagThatLeadsElsewhere() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let signature = try fixture.addSignature(image)
        try fixture.addClaim(image, .certificate, "1.3.6.1.4.1.57264.1.13", CaseFixture.commit, signature: signature)
        try fixture.addClaim(image, .certificate, "1.3.6.1.4.1.57264.1.14", "refs/tags/v1", signature: signature)
        var history = MadeHistory(time: CaseFixture.time)
        history.tags = ["refs/tags/v1": MadeHistory.tip]
        try history.write(to: fixture)
        let trace = try fixture.caseFile.read { try Trace(of: image, in: $0) }
        #expect(trace.findings.map(\.rule) == ["tag-elsewhere"])
        #expect(trace.findings[0].message.contains(MadeHistory.tip))
    }

    @Test func acceptsAGitCommitUnderTheNameOfAnotherHashAndSaysSo() throws {
        let fixture = try CaseFixture()
        let image = try fixture.addImage("app")
        let signature = try fixture.addSignature(image, kind: .attestation, predicateType: "x")
        let base = "/predicate/invocation/configSource/"
        try fixture.addClaim(image, .statement, base + "digest/sha256", CaseFixture.commit, signature: signature)
        let trace = try fixture.caseFile.read { try Trace(of: image, in: $0) }
        #expect(trace.row(.commit)?.values.map(\.value.normal) == [CaseFixture.commit])
        #expect(trace.findings.map(\.rule) == ["sha1-under-sha256"])
    }

    @Test func neverTakesAShortNameForACommit() throws {
        let trace = try Self.traced(replacing: ["com.gitlab.ci.commit.sha": "e83c516"])
        #expect(trace.findings.map(\.rule) == ["commit-contradiction"])
        #expect(trace.commits.map(\.name) == [CaseFixture.commit])
    }
}

/// A small history: a root, the tutorial's commit, and the branch's tip.
private struct MadeHistory {
    static let root = String(repeating: "1", count: 40)
    static let tip = String(repeating: "2", count: 40)

    let time: Timestamp?
    var holdsCommit = true
    var isOnMain = true
    var isCutOff = false
    var hasRelease = false
    var mainName = "refs/heads/main"
    var tags: [String: String] = [:]

    init(time: Timestamp?) {
        self.time = time
    }

    func write(to fixture: CaseFixture) throws {
        let names = [Self.root, CaseFixture.commit, Self.tip]
        let absent = CommitHistory.absent
        let parents: [[Int32]] = [[], [0], isCutOff ? [absent] : isOnMain ? [1] : [0]]
        let (history, places) = CommitHistory.ordering(parents)
        try fixture.caseFile.write { writer in
            for (index, name) in names.enumerated() where name != CaseFixture.commit || holdsCommit {
                try writer.insert(commit(name), in: fixture.sourceID, at: Int(places[index]))
            }
            var references = [("HEAD", Self.tip, mainName), (mainName, Self.tip, nil)]
            references += tags.map { ($0.key, $0.value, nil) }
            if hasRelease { references.append(("refs/heads/release", Self.root, nil)) }
            for (name, target, symbolic) in references {
                let index = names.firstIndex(of: target) ?? 0
                try writer.insert(
                    GitRefRecord(
                        sourceID: fixture.sourceID,
                        name: name,
                        kind: name == "HEAD" ? "HEAD" : name.hasPrefix("refs/tags") ? "tag" : "branch",
                        target: target,
                        commitName: target,
                        symbolic: symbolic,
                        position: Int(places[index])
                    )
                )
            }
            try writer.insert(history, of: fixture.sourceID)
        }
    }

    private func commit(_ name: String) -> CommitRecord {
        let person = GitPerson(name: "Ada", mail: "ada@example.com", time: time, zone: "+0000")
        return CommitRecord(
            name: name,
            digest: CaseFixture.digest(name),
            tree: Self.root,
            parents: [],
            author: person,
            committer: person,
            subject: "subject",
            encoding: nil,
            signature: nil
        )
    }
}
