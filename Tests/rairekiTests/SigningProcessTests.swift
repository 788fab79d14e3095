import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

/// Signing as others run it: many processes at once, and processes that are killed.
@Suite("Signing, as processes of their own") struct SigningProcessTests {
    private let directory: TemporaryDirectory
    private let folder: AuthorityFolder
    private let token: String
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("raireki").path

    init() throws {
        directory = try TemporaryDirectory()
        folder = try AuthorityFolder(in: directory)
        let issuer = try TokenIssuer()
        try directory.write(issuer.keySet.compact, to: "jwks.json")
        let now = Int64(Date().timeIntervalSince1970)
        token = try issuer.token(VirtualSigstore.tokenClaims(at: .init(seconds: now)))
    }

    private func layout(_ number: Int) throws -> String {
        let path = directory.path("layout-\(number)")
        try LayoutWriter.write(try SignedLayout().layout, to: path)
        return path
    }

    private func start(_ layout: String, before: String = "") throws -> Process {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/bash")
        process.arguments = ["-c", "\(before) exec \"$0\" \"$@\"", Self.program, "sign", "--authority", folder.path]
        process.arguments? += ["--issuer-jwks", directory.path("jwks.json"), "--storage", "legacy", layout]
        process.environment = [
            "RAIREKI_AUTHORITY_PASSWORD": String(decoding: AuthorityFolder.password, as: UTF8.self),
            "SIGSTORE_ID_TOKEN": token, "PATH": "/usr/bin:/bin",
        ]
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// The signatures that lie in a layout.
    private func signatures(_ path: String) throws -> Int {
        let layout = try LayoutFolder(opening: path, isReadOnly: true)
        let image = try layout.image(.only)
        _ = try layout.inspect(image)
        let manifests = try Attachments(of: [image], in: layout).named
        return try manifests.reduce(0) { try $0 + (layout.document($1.entry)["layers"]?.array?.count ?? 0) }
    }

    private func logged() throws -> Int {
        try AuthorityReading(opening: folder.path).audit(.first).entries.count
    }

    @Test("Processes that sign at once lose no signature and never fork the log")
    func together() throws {
        let shared = try layout(0)
        let processes = try (0..<8).map { _ in try start(shared) }
        for process in processes {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0)
        }
        #expect(try signatures(shared) == 8)
        #expect(try logged() == 8)
    }

    @Test("A process that is killed leaves a log that continues and a layout that is whole")
    func killed() throws {
        var killed = 0
        for turn in 0..<16 {
            let path = try layout(turn)
            let process = try start(path)
            usleep(UInt32(turn) * 25_000)
            if kill(process.processIdentifier, SIGKILL) == 0 { killed += 1 }
            process.waitUntilExit()
            let before = try logged()
            let found = try signatures(path)
            #expect(found <= 1)
            let again = try start(path)
            again.waitUntilExit()
            #expect(again.terminationStatus == 0, "turn \(turn)")
            #expect(try logged() == before + 1, "turn \(turn)")
            #expect(try signatures(path) == found + 1, "turn \(turn)")
            let names = try FileManager.default.contentsOfDirectory(atPath: path)
            #expect(names.sorted() == ["blobs", "index.json", "oci-layout"], "turn \(turn)")
        }
        #expect(killed > 0)
    }

    /// What a full disk does to a write: files may not grow beyond so many KiB.
    @Test("A disk that is full is told, and nothing is half-written", arguments: [0, 1, 2, 4, 8])
    func fullDisk(blocks: Int) throws {
        let path = try layout(0)
        let first = try start(path)
        first.waitUntilExit()
        #expect(first.terminationStatus == 0)
        let index = FileManager.default.contents(atPath: "\(path)/index.json")
        let names = try FileManager.default.subpathsOfDirectory(atPath: path).sorted()
        let second = try start(path, before: "trap '' XFSZ; ulimit -f \(blocks);")
        second.waitUntilExit()
        #expect(second.terminationReason == .exit)
        #expect(second.terminationStatus == 2)
        #expect(FileManager.default.contents(atPath: "\(path)/index.json") == index)
        #expect(try FileManager.default.subpathsOfDirectory(atPath: path).sorted() == names)
        let before = try logged()
        let third = try start(path)
        third.waitUntilExit()
        #expect(third.terminationStatus == 0)
        #expect(try logged() == before + 1)
        #expect(try signatures(path) == 2)
    }
}
