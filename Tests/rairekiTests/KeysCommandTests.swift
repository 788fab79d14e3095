import Cryptography
import Foundation
import Signing
import TestSupport
import Testing

@testable import raireki

@Suite struct KeysCommandTests {
    @Test(arguments: KeysGenerateCommand.KeyType.allCases)
    func generatesEveryKind(type: KeysGenerateCommand.KeyType) throws {
        let fixture = try SigningFixture()
        try fixture.makeKey(type.rawValue)
        let mode = try FileManager.default.attributesOfItem(atPath: fixture.key)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let key = try KeyFile.read(String(contentsOfFile: fixture.key, encoding: .utf8), password: Array("key".utf8))
        #expect(key.kind == type.kind)
        #expect(try String(contentsOfFile: fixture.publicKey, encoding: .utf8) == key.publicKeyPEM)
        #expect(try fixture.run(["keys", "public", fixture.key]).output == key.publicKeyPEM)
    }

    @Test func overwritesOnlyWhenAsked() throws {
        let fixture = try SigningFixture()
        try fixture.makeKey()
        let before = try String(contentsOfFile: fixture.key, encoding: .utf8)
        let run = try fixture.run(["keys", "generate", fixture.directory.path("cosign")])
        #expect(run.status == .failure)
        #expect(run.talk.contains("a file is there already"))
        #expect(try String(contentsOfFile: fixture.key, encoding: .utf8) == before)
        try FileManager.default.removeItem(atPath: fixture.key)
        // The public half alone is not overwritten either.
        #expect(try fixture.run(["keys", "generate", fixture.directory.path("cosign")]).status == .failure)
        #expect(!FileManager.default.fileExists(atPath: fixture.key))
    }

    @Test func importsAPlainKeyAndSealsIt() throws {
        let fixture = try SigningFixture()
        let key = try SigningKey(generating: .p384)
        let plain = try fixture.directory.write(key.privateKeyPEM(), to: "plain.pem")
        let prefix = fixture.directory.path("imported")
        #expect(try fixture.run(["keys", "import", plain, prefix]).status == .success)
        #expect(try fixture.run(["keys", "public", "\(prefix).key"]).output == key.publicKeyPEM)
        let text = try String(contentsOfFile: "\(prefix).key", encoding: .utf8)
        #expect(text.hasPrefix("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----"))
    }

    @Test func saysWhyAFileIsNoKey() throws {
        let fixture = try SigningFixture()
        for (text, reason) in [("", "0 PEM blocks"), ("x", "not PEM")] {
            let path = try fixture.directory.write(text, to: "bad.pem")
            let run = try fixture.run(["keys", "public", path])
            #expect(run.status == .failure)
            #expect(run.talk.contains("not a private key that can sign (\(reason))"))
        }
        try fixture.makeKey()
        let open = try fixture.run(["keys", "public", fixture.publicKey])
        #expect(open.talk.contains("it holds a public key, which cannot sign"))
    }
}
