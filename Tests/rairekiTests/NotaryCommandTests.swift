import ArgumentParser
import Cryptography
import Notary
import OCI
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

#if canImport(Glibc)
    import Glibc
#endif

@Suite("Notary Project signatures at the command line")
struct NotaryCommandTests {
    // MARK: notation

    /// notation with a configuration of its own and a key for tests.
    private struct Notation {
        let directory: TemporaryDirectory
        var trustStore: String { directory.path("notation/truststore") }

        init() throws {
            directory = try TemporaryDirectory()
            try expectSuccess(["cert", "generate-test", "--default", "tests"])
            let policy = """
                {"version":"1.0","trustPolicies":[{"name":"all","registryScopes":["*"],
                "signatureVerification":{"level":"strict"},"trustStores":["ca:tests","ca:made"],"trustedIdentities":["*"]}]}
                """
            try directory.write(policy, to: "notation/trustpolicy.json")
        }

        func run(_ arguments: [String]) throws -> Peer.Outcome {
            let environment = ["XDG_CONFIG_HOME": directory.path, "NOTATION_EXPERIMENTAL": "1"]
            return try Peer.run("notation", arguments, environment: environment)
        }

        func expectSuccess(_ arguments: [String]) throws {
            let outcome = try run(arguments)
            #expect(outcome.status == 0, "\(outcome.everything)")
        }
    }

    /// The present, which notation has no option for.
    private static var now: String { "\(Timestamp(seconds: Int64(time(nil))))" }

    @Test(
        "What notation signs is trusted here, and not with another trust store",
        .enabled(if: Peer.has("notation"), "notation is absent"),
        arguments: NotaryEnvelope.Format.allCases
    )
    func signedByNotation(format: NotaryEnvelope.Format) throws {
        let notation = try Notation()
        let signed = try SignedLayout()
        let layout = try signed.write(to: notation.directory)
        let reference = "\(layout)@\(signed.image.digest)"
        try notation.expectSuccess(
            ["sign", "--oci-layout", "--signature-format", format.rawValue, "-m", "build=7", "-e", "24h", reference]
        )
        let casePath = notation.directory.path("case.raireki")
        let imported = try CommandRun(["import", layout], case: casePath)
        #expect(imported.status == .success, "\(imported.talk)")
        let options = ["verify", "--notary-trust-store", notation.trustStore, "--notary-identity"]
        let asked = ["x509.subject: C=US, ST=WA, O=Notary, CN=tests", "-a", "build=7", "--at", Self.now]
        let verified = try CommandRun(options + asked, case: casePath)
        #expect(verified.status == .success, "\(verified.output)")
        #expect(verified.talk.contains("1 authentic, 1 trusted"))
        let other = try CommandRun(options + ["x509.subject: C=US, ST=WA, O=Other", "--at", Self.now], case: casePath)
        #expect(other.status == .finding)
        #expect(other.output.contains("identity.subject"))
        let store = try NotarySigner(selfSigned: SigningKey(seed: "other", kind: .p256)).chain[0]
        let path = try notation.directory.write(PEMBlock(label: "CERTIFICATE", content: store).text, to: "other.pem")
        let untrusted = try CommandRun(["verify", "--notary-trust-store", path, "--at", Self.now], case: casePath)
        #expect(untrusted.output.contains("chain.untrusted"))
    }

    // MARK: What the signer states

    @Test("Signing time and signed attributes are told as the signer's word", arguments: NotaryEnvelope.Format.allCases)
    func statements(format: NotaryEnvelope.Format) throws {
        let type = "application/vnd.oci.image.manifest.v1+json"
        func descriptor(_ type: String, _ bytes: [UInt8]) -> String {
            #"{"mediaType":"\#(type)","digest":"\#(Digest(hashing: bytes))","size":\#(bytes.count)}"#
        }
        let empty = Array("{}".utf8)
        let image = Array(#"{"schemaVersion":2,"mediaType":"\#(type)","layers":[]}"#.utf8)
        let signer = try NotarySigner(key: SigningKey(seed: "signer", kind: .p256))
        let draft = NotaryDraft(signer, Digest(hashing: image), size: image.count, annotations: ["who": "me"])
        let envelope = try draft.envelope(format)
        let head = #"{"schemaVersion":2,"mediaType":"\#(type)","config":"#
        let parts = #""layers":[\#(descriptor(format.mediaType, envelope))],"subject":\#(descriptor(type, image))}"#
        let referrer = Array((head + descriptor(NotaryEnvelope.artifactType, empty) + "," + parts).utf8)
        let entries = [image, referrer].map { descriptor(type, $0) }.joined(separator: ",")
        _ = try directory.write(#"{"schemaVersion":2,"manifests":[\#(entries)]}"#, to: "nl/index.json")
        _ = try directory.write(#"{"imageLayoutVersion":"1.0.0"}"#, to: "nl/oci-layout")
        for blob in [empty, image, envelope, referrer] {
            _ = try directory.write(blob, to: "nl/blobs/sha256/\(Digest(hashing: blob).hex)")
        }
        let casePath = directory.path("case.raireki")
        #expect(try CommandRun(["import", directory.path("nl")], case: casePath).status == .success)
        let time = "io.cncf.notary.signingTime: \(NotaryDraft.time)"
        for verb in [["show", "\(Digest(hashing: image))"], ["verify", "--at", "\(NotaryDraft.time)"]] {
            let text = try CommandRun(verb, case: casePath).output
            for line in [time, "who: me"] { #expect(text.contains("signer states  \(line)"), "\(text)") }
            // Nobody vouches for the time: no trust store was given.
            #expect(!text.contains("    signed at"))
            let json = try CommandRun(verb + ["--format", "json"], case: casePath).output
            #expect(json.contains(#""signerStates""#))
            #expect(json.contains(#""signedAt": null"#) || !json.contains(#""signedAt""#))
            #expect(json.contains(#""unverified""#))
        }
    }

    // MARK: Trust stores

    private let directory: TemporaryDirectory
    private let certificates: [[UInt8]]

    init() throws {
        directory = try TemporaryDirectory()
        certificates = try NotarySigner(key: SigningKey(seed: "folder", kind: .p256)).chain
    }

    private func pem(_ number: Int) -> [UInt8] {
        Array(PEMBlock(label: "CERTIFICATE", content: certificates[number]).text.utf8)
    }

    @Test("A folder as notation keeps it, a plain folder, and a file")
    func folders() throws {
        _ = try directory.write(pem(0), to: "a/x509/ca/one/a.pem")
        _ = try directory.write(certificates[1], to: "a/x509/ca/two/b.cer")
        _ = try directory.write(pem(2), to: "a/x509/tsa/three/c.crt")
        _ = try directory.write(pem(2), to: "a/x509/ca/two/deeper/ignored.pem")
        _ = try directory.write("not looked at", to: "a/x509/ca/two/readme.txt")
        let whole = try NotaryTrustFolder.read(directory.path("a"))
        #expect(whole.authorities.map(\.der) == [certificates[0], certificates[1]])
        #expect(whole.timestampAuthorities.map(\.der) == [certificates[2]])
        #expect(try NotaryTrustFolder.read(directory.path("a/x509")) == whole)
        _ = try directory.write(pem(0) + pem(2), to: "b/both.pem")
        let plain = try NotaryTrustFolder.read(directory.path("b"))
        #expect(plain.authorities.map(\.der) == [certificates[0], certificates[2]])
        #expect(try NotaryTrustFolder.read(directory.path("b/both.pem")) == plain)
    }

    @Test("What is no trust store is refused, and links are")
    func refusedFolders() throws {
        _ = try directory.write("hello", to: "empty/readme.txt")
        #expect(throws: CommandError.self) { try NotaryTrustFolder.read(directory.path("empty")) }
        #expect(throws: CommandError.self) { try NotaryTrustFolder.read(directory.path("empty/readme.txt")) }
        #expect(throws: CommandError.self) { try NotaryTrustFolder.read(directory.path("absent")) }
        let real = try directory.write(pem(0), to: "real.pem")
        _ = try directory.write(pem(1), to: "linked/b.pem")
        #expect(symlink(real, directory.path("linked/a.pem")) == 0)
        let path = directory.path("linked/a.pem")
        #expect(throws: CommandError.notCertificates(path: path, reason: "not a file")) {
            try NotaryTrustFolder.read(directory.path("linked"))
        }
    }

    @Test(
        "Options that cannot be meant are refused",
        arguments: [
            (["--notary-identity", "*"], "Give --notary-trust-store"),
            (["--notary-trust-store", "x", "--notary-identity", "CN=a"], "Not an identity"),
            (["--policy", "p", "--key", "k"], "Give --policy"),
        ]
    )
    func refusedOptions(arguments: [String], reason: String) {
        do {
            _ = try Raireki.parseAsRoot(["verify"] + arguments)
            Issue.record("accepted")
        } catch {
            #expect(Raireki.message(for: error).contains(reason))
        }
    }
}
