import Cryptography
import Foundation
import Signing
import Sigstore
import StrictJSON
import TestSupport
import Testing

/// An authority on disk signs what verifies, and its logs never fork and are never half-written.
struct StoredAuthorityTests {
    let directory: TemporaryDirectory
    let folder: AuthorityFolder
    private let time = VirtualSigstore.start.adding(seconds: 60)

    init() throws {
        directory = try TemporaryDirectory()
        folder = try AuthorityFolder(in: directory)
    }

    private func sign(_ authority: StoredAuthority, _ text: String, log: SigningPlan.Log = .first) throws -> SignedCase
    {
        let artifact = Array(text.utf8)
        let bundle = try authority.withServices { services in
            let credential = try services.issueCredential(for: VirtualSigstore.job.identity, at: time)
            let plan = SigningPlan(log: log, isStamped: true)
            return try services.signBlob(artifact, with: credential, plan: plan, at: time)
        }
        let root = try AuthorityReading(opening: folder.path).trustedRoot
        return SignedCase(bundle: bundle, trustedRoot: root, artifact: artifact)
    }

    private func file(_ name: String) -> String { "\(folder.path)/\(name)" }

    private func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try #require(FileManager.default.contents(atPath: file(name))))
    }

    // MARK: - Signing

    @Test(arguments: [SigningPlan.Log.first, .second])
    func signsWhatVerifies(log: SigningPlan.Log) throws {
        let authority = try folder.open()
        for number in 0..<5 {
            let signed = try sign(authority, "artifact \(number)", log: log)
            #expect(signed.bundle.entries[0].logIndex == Int64(number))
            let report = try signed.verify()
            #expect(report.isVerified, "\(report.reasons)")
        }
        let reading = try AuthorityReading(opening: folder.path)
        let name: StoredAuthority.LogName = log == .first ? .first : .second
        #expect(try reading.audit(name).entries.count == 5)
    }

    @Test func continuesWhenItIsOpenedAgain() throws {
        for number in 0..<9 {
            let signed = try sign(try folder.open(), "artifact \(number)")
            #expect(signed.bundle.entries[0].proof?.treeSize == Int64(number + 1))
            #expect(try signed.verify().isVerified)
        }
        #expect(try AuthorityReading(opening: folder.path).audit(.first).entries.count == 9)
    }

    @Test func logsNothingWhenSigningFails() throws {
        struct Stop: Error {}
        let authority = try folder.open()
        #expect(throws: Stop.self) {
            try authority.withServices { services in
                let credential = try services.issueCredential(for: VirtualSigstore.job.identity, at: time)
                _ = try services.signBlob([1], with: credential, at: time)
                throw Stop()
            }
        }
        #expect(try AuthorityReading(opening: folder.path).log(.first).count == 0)
    }

    @Test func neverForksWhenManySignAtOnce() async throws {
        let authority = try folder.open()
        let bundles = try await withThrowingTaskGroup(of: SignedCase.self) { group in
            for number in 0..<16 { group.addTask { try sign(authority, "artifact \(number)") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(Set(bundles.map(\.bundle.entries[0].logIndex)).count == 16)
        // Of every size there is one root only.
        let roots = bundles.compactMap { signed in signed.bundle.entries[0].proof.map { ($0.treeSize, $0.rootHash) } }
        #expect(Set(roots.map(\.0)).count == 16)
        var whole = LogTree()
        for entry in try AuthorityReading(opening: folder.path).audit(.first).entries {
            whole.append(entry.body)
            #expect(roots.contains { $0.0 == Int64(whole.count) && $0.1 == whole.root })
        }
    }

    // MARK: - Keys

    @Test func keepsItsKeysSealed() throws {
        #expect(throws: AuthorityError.wrongPassword(path: folder.path)) {
            try StoredAuthority(opening: folder.path, password: [1])
        }
        for name in ["keys.sealed", "roots.sealed"] {
            let mode = try FileManager.default.attributesOfItem(atPath: file(name))[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(String(decoding: try bytes(name), as: UTF8.self).contains("ENCRYPTED"))
        }
    }

    @Test func signsWithoutTheKeysOfItsRoots() throws {
        try FileManager.default.removeItem(atPath: file("roots.sealed"))
        #expect(try sign(try folder.open(), "a").verify().isVerified)
    }

    @Test func refusesAFolderThatIsThere() throws {
        let before = try LayoutFolderTests.files(folder.path)
        #expect(throws: AuthorityError.alreadyThere(path: folder.path)) { try AuthorityFolder(in: directory) }
        #expect(try LayoutFolderTests.files(folder.path) == before)
    }

    @Test func refusesCertificatesOfOtherKeys() throws {
        let other = try TemporaryDirectory()
        let stranger = try AuthorityFolder(in: other)
        try FileManager.default.removeItem(atPath: file("fulcio.pem"))
        try FileManager.default.copyItem(atPath: "\(stranger.path)/fulcio.pem", toPath: file("fulcio.pem"))
        #expect(throws: AuthorityError.damaged(path: folder.path, reason: "a certificate is not that of its key")) {
            try folder.open()
        }
    }

    // MARK: - The log on disk

    /// A process that was stopped may have left anything behind the committed end of the three files.
    @Test(arguments: ["entries", "index", "hashes"])
    func overwritesWhatAStoppedProcessLeft(name: String) throws {
        let authority = try folder.open()
        for number in 0..<3 { _ = try sign(authority, "artifact \(number)") }
        let path = "log-v1/\(name)"
        let rest = [UInt8](repeating: 0xFF, count: 77)
        try directory.write(try bytes(path) + rest, to: "authority/\(path)")
        let signed = try sign(authority, "artifact 3")
        #expect(try signed.verify().isVerified)
        #expect(try AuthorityReading(opening: folder.path).audit(.first).entries.count == 4)
        #expect(!String(decoding: try bytes(path), as: UTF8.self).hasSuffix(String(decoding: rest, as: UTF8.self)))
    }

    /// Every prefix of what one signature writes, in the order in which it is written, is a log that continues.
    @Test func continuesFromEveryPlaceAtWhichItMayBeStopped() throws {
        let authority = try folder.open()
        for number in 0..<3 { _ = try sign(authority, "artifact \(number)") }
        let names = ["entries", "index", "hashes"]
        let before = try names.map { try bytes("log-v1/\($0)") }
        let note = try bytes("log-v1/checkpoint")
        _ = try sign(authority, "lost")
        let after = try names.map { try bytes("log-v1/\($0)") }
        for (stage, name) in names.enumerated() {
            let added = after[stage].count - before[stage].count
            for kept in Set([0, 1, added / 2, added - 1, added]) {
                for (other, otherName) in names.enumerated() {
                    let content =
                        other < stage
                        ? after[other]
                        : other > stage ? before[other] : Array(after[stage].prefix(before[stage].count + kept))
                    try directory.write(content, to: "authority/log-v1/\(otherName)")
                }
                try directory.write(note, to: "authority/log-v1/checkpoint")
                let signed = try sign(authority, "\(name) \(kept)")
                #expect(signed.bundle.entries[0].logIndex == 3)
                #expect(try signed.verify().isVerified)
                #expect(try AuthorityReading(opening: folder.path).audit(.first).entries.count == 4)
            }
        }
    }

    /// A log that was changed is not continued: whatever is signed on top would be of another tree.
    @Test func refusesALogWhoseHashesWereChanged() throws {
        let authority = try folder.open()
        for number in 0..<3 { _ = try sign(authority, "artifact \(number)") }
        var hashes = try bytes("log-v1/hashes")
        hashes[hashes.count - 1] ^= 1
        try directory.write(hashes, to: "authority/log-v1/hashes")
        let reason = "its hashes are not those that its checkpoint commits to"
        #expect(throws: AuthorityError.damagedLog(path: "\(folder.path)/log-v1", reason: reason)) {
            try sign(authority, "more")
        }
    }

    @Test func refusesACheckpointThatItsKeyDidNotSign() throws {
        let authority = try folder.open()
        _ = try sign(authority, "artifact")
        let note = String(decoding: try bytes("log-v1/checkpoint"), as: UTF8.self)
        try directory.write(note.replacing("\n1\n", with: "\n0\n"), to: "authority/log-v1/checkpoint")
        let reason = "its checkpoint is not one that its key signed"
        #expect(throws: AuthorityError.damagedLog(path: "\(folder.path)/log-v1", reason: reason)) {
            try sign(authority, "more")
        }
    }

    @Test func findsAnEntryThatWasChanged() throws {
        let authority = try folder.open()
        for number in 0..<3 { _ = try sign(authority, "artifact \(number)") }
        var entries = try bytes("log-v1/entries")
        entries[10] ^= 1
        try directory.write(entries, to: "authority/log-v1/entries")
        let reading = try AuthorityReading(opening: folder.path)
        let reason = "an entry is not what was logged"
        #expect(throws: AuthorityError.damagedLog(path: "\(folder.path)/log-v1", reason: reason)) {
            try reading.audit(.first)
        }
    }

    @Test(arguments: ["entries", "index", "hashes", "checkpoint"])
    func saysWhichFileIsTooShort(name: String) throws {
        let authority = try folder.open()
        for number in 0..<3 { _ = try sign(authority, "artifact \(number)") }
        try directory.write([UInt8](), to: "authority/log-v1/\(name)")
        #expect(throws: (any Error).self) {
            _ = try AuthorityReading(opening: folder.path).audit(.first)
        }
    }
}
