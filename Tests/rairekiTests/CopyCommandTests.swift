import Foundation
import Signing
import TestSupport
import Testing

@testable import raireki

@Suite struct CopyCommandTests {
    @Test(arguments: ["bundle", "oci-1-1", "legacy"], ["copy", "copy.tar"])
    func aCopyVerifiesAsTheOriginalDoes(mode: String, name: String) throws {
        let fixture = try SigningFixture()
        try fixture.makeAuthority()
        _ = try fixture.run(["sign"] + fixture.keyless + ["--storage", mode, "-a", "tag=1.0", fixture.layout])
        let destination = fixture.directory.path(name)
        let run = try fixture.run(["copy", "\(fixture.layout):1.4.0", destination])
        #expect(run.status == .success, "\(run.talk)")
        try FileManager.default.removeItem(atPath: fixture.layout)
        let read = try fixture.run(["import", destination])
        #expect(read.status == .success && read.output.contains("1 image, ") && read.output.contains("0 warnings"))
        let verify = ["verify", "--trusted-root", fixture.trustedRoot, "-a", "tag=1.0"] + SigningFixture.expectation
        #expect(try fixture.run(verify).status == .success)
    }

    @Test func saysWhatCouldNotBeCopied() throws {
        let fixture = try SigningFixture()
        let blobs = "\(fixture.layout)/blobs/sha256"
        let layer = try FileManager.default.contentsOfDirectory(atPath: blobs).first { name in
            FileManager.default.contents(atPath: "\(blobs)/\(name)")?.first == 0x1F
        }
        try FileManager.default.removeItem(atPath: "\(blobs)/\(try #require(layer))")
        let run = try fixture.run(["copy", fixture.layout, fixture.directory.path("copy")])
        #expect(run.status == .finding)
        #expect(run.talk.contains("note: not in the layout, so not copied: sha256:\(try #require(layer))"))
    }

    @Test func convertsAndSaysHowMuch() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        for mode in ["legacy", "bundle"] {
            _ = try fixture.run(["sign", "--key", fixture.key, "--storage", mode, fixture.layout])
        }
        let run = try fixture.run(["convert", "--to", "oci-1-1", "--remove", fixture.layout])
        #expect(run.status == .success)
        #expect(run.output == "\(fixture.image): 1 manifest converted\n")
        #expect(run.talk.contains("1 bundle stay"))
        _ = try fixture.run(["import", fixture.layout])
        let verify = ["verify", "--key", fixture.publicKey, "--insecure-ignore-tlog"]
        let verified = try fixture.run(verify)
        #expect(verified.status == .success)
        #expect(verified.talk.contains("2 signatures: 2 authentic, 2 trusted"))
    }
}
