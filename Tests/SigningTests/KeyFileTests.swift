import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

/// Private keys come back from every form in which people have them, and from no other.
struct KeyFileTests {
    private static let kinds: [SigningKey.Kind] = [.p256, .p384, .p521, .rsa(bits: 2048), .ed25519]
    private static let password = Array("correct horse".utf8)

    @Test(arguments: kinds)
    func comesBackFromTheSealedForm(kind: SigningKey.Kind) throws {
        let key = try SigningKey(generating: kind)
        let text = try KeyFile.seal(key, password: Self.password)
        #expect(text.hasPrefix("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n"))
        #expect(KeyFile.needsPassword(text))
        let again = try KeyFile.read(text, password: Self.password)
        #expect(again.subjectPublicKeyInfo == key.subjectPublicKeyInfo)
        #expect(throws: KeyFileError.wrongPassword) { try KeyFile.read(text, password: Array("correct hors".utf8)) }
    }

    @Test func takesTheEmptyPasswordAndTheEarlierLabel() throws {
        let key = try SigningKey(generating: .p256)
        let text = try KeyFile.seal(key, password: []).replacing("SIGSTORE", with: "COSIGN")
        #expect(try KeyFile.read(text, password: []).subjectPublicKeyInfo == key.subjectPublicKeyInfo)
    }

    /// A file must not decide what opening it costs.
    @Test(arguments: ["N", "r", "p"])
    func refusesOtherCosts(parameter: String) throws {
        var document = try JSONValue(parsing: try SealedSecret.seal([1], password: []))
        guard case .object(var object) = document, case .object(var kdf)? = object["kdf"],
            case .object(var parameters)? = kdf["params"]
        else { throw KeyFileError.malformed("the test's own document") }
        parameters[parameter] = 1_048_576
        kdf["params"] = .object(parameters)
        object["kdf"] = .object(kdf)
        document = .object(object)
        let error = #expect(throws: KeyFileError.self) {
            try SealedSecret.open(Array(document.compact.utf8), password: [])
        }
        guard case .unsupported("cost of scrypt", _)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["", "hello", "-----BEGIN PRIVATE KEY-----\n", "{}"])
    func refusesWhatIsNoKey(text: String) {
        let error = #expect(throws: KeyFileError.self) { try KeyFile.read(text, password: []) }
        guard case .malformed? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test func saysThatAPublicKeyCannotSign() throws {
        let text = try SigningKey(generating: .p256).publicKeyPEM
        #expect(throws: KeyFileError.notPrivate("PUBLIC KEY")) { try KeyFile.read(text, password: []) }
    }

    /// The forms that the openssl command writes.
    @Test(
        .enabled(if: Peer.has("openssl"), "no openssl command"),
        arguments: [
            ["ecparam", "-name", "prime256v1", "-genkey"], ["genrsa", "-traditional", "2048"], ["genrsa", "2048"],
            ["genpkey", "-algorithm", "ed25519"],
            ["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"],
        ]
    )
    func readsWhatOpenSSLWrites(command: [String]) throws {
        let directory = try TemporaryDirectory()
        let made = try Peer.run("openssl", command)
        let text = String(decoding: made.output, as: UTF8.self)
        let key = try KeyFile.read(text, password: [])
        let plain = try directory.write(text, to: "key.pem")
        let open = try Peer.run("openssl", ["pkey", "-in", plain, "-pubout"])
        #expect(key.publicKeyPEM == String(decoding: open.output, as: UTF8.self))
        let sealed = try Peer.run("openssl", ["pkcs8", "-topk8", "-in", plain, "-passout", "pass:correct horse"])
        let sealedText = String(decoding: sealed.output, as: UTF8.self)
        #expect(sealedText.hasPrefix("-----BEGIN ENCRYPTED PRIVATE KEY-----"))
        let again = try KeyFile.read(sealedText, password: Self.password)
        #expect(again.subjectPublicKeyInfo == key.subjectPublicKeyInfo)
        #expect(throws: KeyFileError.wrongPassword) { try KeyFile.read(sealedText, password: [1]) }
    }
}
