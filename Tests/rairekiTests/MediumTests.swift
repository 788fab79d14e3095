import CaseIndex
import Foundation
import StrictJSON
import TestSupport
import Testing

/// A small file system of its own, unmounted with the last reference.
private final class Mount {
    let path: String

    init(size: String, in directory: TemporaryDirectory) throws {
        path = directory.path("mounted")
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        let run = try ProgramRun(["/bin/mount", "-t", "tmpfs", "-o", "size=\(size)", "raireki-test", path])
        #expect(run.status == 0, "\(run.talk)")
    }

    func remount(_ options: String) throws {
        let run = try ProgramRun(["/bin/mount", "-o", "remount,\(options)", path])
        #expect(run.status == 0, "\(run.talk)")
    }

    deinit {
        _ = try? ProgramRun(["/bin/umount", "-l", path])
    }

    /// Whether this process may mount: asked once, with a file system that goes at once.
    static let isPossible: Bool = {
        guard getuid() == 0, let directory = try? TemporaryDirectory() else { return false }
        let run = try? ProgramRun(["/bin/mount", "-t", "tmpfs", "-o", "size=64k", "raireki-test", directory.path])
        guard run?.status == 0 else { return false }
        _ = try? ProgramRun(["/bin/umount", "-l", directory.path])
        return true
    }()
}

@Suite("Media that are read-only or full", .enabled(if: Mount.isPossible, "file systems cannot be mounted here"))
struct MediumTests {
    private let directory: TemporaryDirectory
    private let samples = SharedData.projectRoot + "/samples"

    init() throws {
        directory = try TemporaryDirectory()
    }

    private static let reading = [
        ["images"], ["show", "acme/payments:1.4.0"], ["case", "info"], ["case", "verify"], ["report"],
        ["verify", "acme/payments:1.4.0", "--trusted-root", SharedData.projectRoot + "/samples/trusted_root.json"],
        ["trace", "acme/payments:1.4.0"],
    ]

    @Test func everyCommandThatReadsWorksOnASealedCaseOnAReadOnlyMedium() throws {
        let mount = try Mount(size: "8m", in: directory)
        let path = mount.path + "/case.raireki"
        #expect(try ProgramRun(["raireki", "import"] + SampleEvidence.paths + ["--case", path]).status == 1)
        let before = try Self.reading.map { try ProgramRun(["raireki"] + $0 + ["--case", path]) }
        #expect(try ProgramRun(["raireki", "case", "seal", "--case", path]).status == 0)
        let sealed = try SharedData.bytes(at: path)
        try mount.remount("ro")
        for (words, writable) in zip(Self.reading, before) {
            let run = try ProgramRun(["raireki"] + words + ["--case", path])
            #expect(run.status == writable.status, "\(words): \(run.talk)")
            if ["images", "show", "verify", "trace"].contains(words[0]) { #expect(run.output == writable.output) }
            let isJudging = ["verify", "trace"].contains(words[0])
            #expect(run.talk.contains("the case is read-only") == isJudging, "\(words)")
        }
        #expect(try SharedData.bytes(at: path) == sealed)
        for words in [["import", SampleEvidence.paths[0]], ["case", "seal"]] {
            let run = try ProgramRun(["raireki"] + words + ["--case", path])
            #expect(run.status == 2)
            #expect(run.talk.contains("read-only"), "\(run.talk)")
            #expect(run.talk.contains("hint: "))
        }
    }

    @Test func aCaseInWriteAheadModeIsReadFromAReadOnlyMediumWhenNothingIsMissing() throws {
        let mount = try Mount(size: "8m", in: directory)
        let path = mount.path + "/case.raireki"
        #expect(try ProgramRun(["raireki", "import", SampleEvidence.paths[0], "--case", path]).status == 0)
        #expect(try ProgramRun(["/usr/bin/sqlite3", path, "PRAGMA journal_mode = WAL"]).status == 0)
        try mount.remount("ro")
        for words in [["images"], ["case", "verify"]] {
            let run = try ProgramRun(["raireki"] + words + ["--case", path])
            #expect(run.status == 0, "\(run.talk)")
        }
    }

    @Test func aLogThatIsNotFoldedInIsNotOverlooked() throws {
        let mount = try Mount(size: "8m", in: directory)
        let path = mount.path + "/case.raireki"
        #expect(try ProgramRun(["raireki", "import", SampleEvidence.paths[0], "--case", path]).status == 0)
        // The second place is behind the transaction by which an import begins.
        let killed = try ProgramRun(
            ["raireki", "import", SampleEvidence.paths[1], "--case", path],
            environment: ["RAIREKI_FAILPOINT": "2"]
        )
        #expect(killed.signal == SIGKILL)
        try FileManager.default.removeItem(atPath: path + "-shm")
        try mount.remount("ro")
        let run = try ProgramRun(["raireki", "images", "--case", path])
        #expect(run.status == 2)
        #expect(run.talk.contains("log that is not folded into it"))
        #expect(run.talk.contains("raireki case seal"))
        try mount.remount("rw")
        // Sealed as it is, and said to be incomplete.
        for words in [["case", "seal"], ["images"]] {
            let run = try ProgramRun(["raireki"] + words + ["--case", path])
            #expect(run.status == 1)
            #expect(run.talk.contains("import incomplete: "), "\(run.talk)")
            if words == ["case", "seal"] { try mount.remount("ro") }
        }
    }

    @Test func evidenceOnAReadOnlyMediumIsImported() throws {
        let mount = try Mount(size: "8m", in: directory)
        for path in SampleEvidence.paths {
            let name = path.split(separator: "/").last ?? ""
            try FileManager.default.copyItem(atPath: path, toPath: "\(mount.path)/\(name)")
        }
        try mount.remount("ro")
        let run = try ProgramRun(["raireki", "import", mount.path, "--case", directory.path("case.raireki")])
        #expect(run.status == 1, "\(run.talk)")
        #expect(run.output.contains("together: 6 images"))
    }

    @Test func aFullDiskIsNamedAndHarmsNothing() throws {
        let whole = directory.path("whole.raireki")
        #expect(try ProgramRun(["raireki", "import"] + SampleEvidence.paths + ["--case", whole]).status == 1)
        let expected = try ProgramRun(["raireki", "case", "verify", "--case", whole, "--format", "json"]).json()
        let mount = try Mount(size: "500k", in: directory)
        let path = mount.path + "/case.raireki"
        let full = try ProgramRun(["raireki", "import"] + SampleEvidence.paths + ["--case", path])
        #expect(full.status == 2)
        #expect(full.talk.contains("error: the disk is full"), "\(full.talk)")
        #expect(full.talk.contains(path))
        #expect(full.talk.contains("hint: make room"))
        // A second attempt fails as cleanly, and what is there is read on the full disk.
        #expect(try ProgramRun(["raireki", "import"] + SampleEvidence.paths + ["--case", path]).status == 2)
        let images = try ProgramRun(["raireki", "images", "--case", path])
        #expect(images.status == 0, "\(images.talk)")
        let verified = try ProgramRun(["raireki", "case", "verify", "--case", path])
        #expect([0, 1].contains(verified.status), "\(verified.talk)")
        try mount.remount("size=20m")
        #expect(try ProgramRun(["raireki", "import"] + SampleEvidence.paths + ["--case", path]).status == 1)
        let after = try ProgramRun(["raireki", "case", "verify", "--case", path, "--format", "json"])
        #expect(after.status == 0, "\(after.output)")
        #expect(try after.json()["contentDigest"] == expected["contentDigest"])
    }
}
