import Foundation
import OpenPGP
import TestSupport
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite("GnuPG's verifier", .enabled(if: GPGHome.isPresent, "GnuPG is absent"))
struct GPGVTests {
    @Test("It says what is valid, what is not, and which key is missing")
    func verdicts() throws {
        let home = try GPGHome()
        let other = try GPGHome()
        let verifier = try #require(GPGV.find())
        let content = Array(#"{"critical":{}}"#.utf8)
        for options in [[], ["-z", "0"], ["--compress-algo", "zlib"]] {
            let message = try home.sign(content, options: options)
            let parsed = try OpenPGPMessage(parsing: message)
            #expect(parsed.content == content)
            #expect(parsed.signatures.count == 1)
            let good = try verifier.verify(message, with: OpenPGPKeyring(home.publicKey))
            let fingerprint = try #require(parsed.signatures.first?.issuerFingerprint)
            #expect(good.verdicts == [.valid(fingerprint: fingerprint, primary: fingerprint)])
            #expect((good.status, good.content) == (0, content))
            #expect(!good.isKeyExpired && !good.isKeyRevoked && !good.isSignatureExpired)
            let unknown = try verifier.verify(message, with: OpenPGPKeyring(other.publicKey))
            #expect(unknown.verdicts == [.noKey(String(fingerprint.suffix(16)))])
        }
        var altered = try home.sign(content, options: ["-z", "0"])
        let place = try #require(altered.indices.first { altered[$0...].starts(with: content) })
        altered[place] ^= 1
        #expect(try verifier.verify(altered, with: OpenPGPKeyring(home.publicKey)).verdicts == [.bad])
        #expect(try verifier.verify([1, 2, 3], with: OpenPGPKeyring(home.publicKey)).verdicts == [])
    }

    @Test("Nothing is left behind, and what cannot be started is said")
    func cleanliness() throws {
        let home = try GPGHome()
        let keyring = try OpenPGPKeyring(home.publicKey)
        let folder = try TemporaryDirectory()
        let path = try #require(GPGV.find()).path
        let verifier = GPGV(path: path, temporaryFolder: folder.path)
        #expect(try verifier.verify(home.sign([1]), with: keyring).status == 0)
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == [])
        #expect(throws: GPGVError.noFolder(code: ENOENT)) {
            try GPGV(path: path, temporaryFolder: "\(folder.path)/absent").verify([1], with: keyring)
        }
        #expect(throws: GPGVError.notStarted(code: ENOENT)) {
            try GPGV(path: "/nowhere/gpgv").verify([1], with: keyring)
        }
    }
}
