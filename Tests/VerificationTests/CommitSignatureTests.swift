import CaseIndex
import Cryptography
import Foundation
import Git
import Signing
import Sigstore
import TestSupport
import Testing

@testable import Verification

@Suite struct CommitSignatureTests {
    private static let payload = Array(
        """
        tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904
        author A <a@example.com> 1772442000 +0000
        committer A <a@example.com> 1772442000 +0000

        signed

        """.utf8
    )

    private static func commit(_ armour: [UInt8], over payload: [UInt8] = payload) -> [UInt8] {
        let folded = String(decoding: armour, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false)
            .joined(separator: "\n ")
        let text = String(decoding: payload, as: UTF8.self)
        return Array(text.replacingOccurrences(of: "\n\nsigned", with: "\ngpgsig \(folded)\n\nsigned").utf8)
    }

    private static func judge(
        _ content: [UInt8],
        _ sigstore: VirtualSigstore,
        allowed: String? = nil,
        at time: Timestamp? = nil
    ) throws -> CommitVerification {
        let judge = CommitJudge(
            trust: TrustMaterial(root: try TrustedRoot(parsing: sigstore.trustedRoot), name: "test"),
            allowedSigners: try allowed.map { try AllowedSigners(parsing: Array($0.utf8)) },
            time: time
        )
        return judge.judge(
            String(repeating: "a", count: 40),
            kind: "commit",
            content: content,
            stated: Timestamp(seconds: 1_772_442_000)
        )
    }

    // MARK: - gitsign

    @Test func acceptsGitsignWithTheEntryInside() throws {
        var sigstore = try VirtualSigstore()
        let made = try MadeCMS(Self.payload, &sigstore)
        let result = try Self.judge(Self.commit(try made.armour()), sigstore)
        #expect(result.obstacles == [])
        #expect(result.verdict.outcome == .passed && result.verdict.form == "cms")
        #expect(result.verdict.identity == VirtualSigstore.job.identity.name.text)
        #expect(result.verdict.identityIssuer == VirtualSigstore.job.identity.issuer)
        #expect(result.verdict.signedAt == sigstore.time)
    }

    @Test func refusesGitsignOverAnotherObject() throws {
        var sigstore = try VirtualSigstore()
        let made = try MadeCMS(Self.payload, &sigstore)
        let other = Self.payload + Array("more\n".utf8)
        let result = try Self.judge(Self.commit(try made.armour(), over: other), sigstore)
        #expect(result.obstacles == ["message-digest=cms.digest-mismatch"])
        #expect(result.verdict.outcome == .failed && result.verdict.reason == "cms.digest-mismatch")
    }

    @Test func takesTheSignerThatTheSignatureNamesAndNotTheFirstCertificate() throws {
        var sigstore = try VirtualSigstore()
        var made = try MadeCMS(Self.payload, &sigstore)
        let victim = try #require(try sigstore.credential().certificate)
        made.certificates = [victim, made.named]
        #expect(try Self.judge(Self.commit(try made.armour()), sigstore).obstacles == [])
        made.named = victim
        let result = try Self.judge(Self.commit(try made.armour()), sigstore)
        #expect(result.obstacles.contains("signature=signature.invalid"))
        #expect(result.verdict.outcome == .failed)
    }

    @Test(arguments: [
        (0, "cms.no-certificate"), (1, "cms.signer-mismatch"), (2, "cms.signer-count"), (3, "cms.signer-count"),
    ])
    func refusesCMSWithoutOneSignerAndItsCertificate(defect: Int, reason: String) throws {
        var sigstore = try VirtualSigstore()
        var made = try MadeCMS(Self.payload, &sigstore)
        switch defect {
        case 0: made.certificates = []
        case 1: made.certificates = [try #require(try sigstore.credential().certificate)]
        case 2: made.signers = 2
        default: made.signers = 0
        }
        let result = try Self.judge(Self.commit(try made.armour()), sigstore)
        #expect(result.obstacles == ["form=\(reason)"])
    }

    @Test func asksForAProvenTime() throws {
        var sigstore = try VirtualSigstore()
        var made = try MadeCMS(Self.payload, &sigstore)
        made.entry = nil
        let result = try Self.judge(Self.commit(try made.armour()), sigstore)
        #expect(result.obstacles.contains("log-threshold=tlog.entry-missing"))
        #expect(result.obstacles.contains("trusted-time=time.none"))
        #expect(result.verdict.outcome == .failed)
    }

    @Test func refusesTheEntryOfAnotherSignature() throws {
        var sigstore = try VirtualSigstore()
        var made = try MadeCMS(Self.payload, &sigstore)
        made.entry = try MadeCMS(Array("other".utf8), &sigstore).entry
        let result = try Self.judge(Self.commit(try made.armour()), sigstore)
        #expect(result.obstacles.contains("inclusion-promise=set.signature"))
        made.entry = [0xFF, 0xFF]
        let malformed = try Self.judge(Self.commit(try made.armour()), sigstore)
        #expect(malformed.obstacles == ["log-entry=tlog.entry-malformed"])
    }

    @Test func refusesAnAuthorityThatIsNotTrusted() throws {
        var sigstore = try VirtualSigstore()
        let made = try MadeCMS(Self.payload, &sigstore)
        let other = try VirtualSigstore(seed: "somebody else")
        let result = try Self.judge(Self.commit(try made.armour()), other)
        #expect(result.obstacles.contains("certificate-path=chain.untrusted"))
    }

    // MARK: - SSH

    static let hasKeygen = FileManager.default.isExecutableFile(atPath: "/usr/bin/ssh-keygen")

    /// A commit that git itself signed with a new key.
    private static func sshCommit(_ type: String, _ bits: String) throws -> (content: [UInt8], key: String) {
        let maker = try GitRepositoryMaker()
        let path = "\(maker.folder)/key"
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/ssh-keygen")
        process.arguments = ["-q", "-t", type, "-b", bits, "-N", "", "-f", path]
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try maker.git([
            "-c", "gpg.format=ssh", "-c", "user.signingkey=\(path)", "commit", "-q", "--allow-empty", "-S", "-m",
            "signed",
        ])
        let content = try maker.git(["cat-file", "commit", "HEAD"])
        let key = String(decoding: try SharedData.bytes(at: path + ".pub"), as: UTF8.self)
        return (Array((content + "\n").utf8), key.split(separator: " ").prefix(2).joined(separator: " "))
    }

    @Test(
        .enabled(if: hasKeygen, "ssh-keygen is absent"),
        arguments: [("ed25519", "256"), ("ecdsa", "256"), ("ecdsa", "384"), ("ecdsa", "521"), ("rsa", "2048")]
    )
    func acceptsSSHSignaturesByAllowedSigners(type: String, bits: String) throws {
        let (content, key) = try Self.sshCommit(type, bits)
        let sigstore = try VirtualSigstore()
        let good = try Self.judge(content, sigstore, allowed: "# people\nada@example.com,ada \(key) comment\n")
        #expect(good.obstacles == [])
        #expect(good.verdict.identity == "ada@example.com, ada" && good.verdict.isTrusted == true)

        let nobody = try Self.judge(content, sigstore)
        #expect(nobody.obstacles == ["signer~ssh.no-allowed-signers"])
        #expect(nobody.verdict.outcome == .notPerformed && nobody.verdict.isTrusted == nil)

        var altered = content
        altered[altered.count - 2] ^= 1
        let broken = try Self.judge(altered, sigstore, allowed: "ada \(key)")
        #expect(broken.obstacles == ["signature=signature.invalid"])
        #expect(broken.verdict.isTrusted == false)
    }

    @Test(
        .enabled(if: hasKeygen, "ssh-keygen is absent"),
        arguments: [
            ("namespaces=\"git\"", nil), ("namespaces=\"file,g?t\"", nil), ("valid-after=\"20260101\"", nil),
            ("valid-before=\"20270101Z\",namespaces=\"*\"", nil),
            ("namespaces=\"file\"", "signer=ssh.namespace-not-allowed"),
            ("valid-after=\"20260401\"", "signer=ssh.outside-validity"),
            ("valid-before=\"202603020900\"", "signer=ssh.outside-validity"),
            ("cert-authority", "signer=ssh.key-not-allowed"),
        ] as [(String, String?)]
    )
    func respectsTheOptionsOfAllowedSigners(options: String, obstacle: String?) throws {
        let (content, key) = try Self.sshCommit("ed25519", "256")
        let result = try Self.judge(content, try VirtualSigstore(), allowed: "ada \(options) \(key)")
        #expect(result.obstacles == (obstacle.map { [$0] } ?? []))
    }

    @Test(.enabled(if: hasKeygen, "ssh-keygen is absent"))
    func judgesAKeysValidityAtTheTimeThatIsAskedFor() throws {
        let (content, key) = try Self.sshCommit("ed25519", "256")
        let allowed = "ada valid-before=\"20260601\" \(key)"
        let sigstore = try VirtualSigstore()
        #expect(try Self.judge(content, sigstore, allowed: allowed).obstacles == [])
        let later = try Self.judge(content, sigstore, allowed: allowed, at: Timestamp(rfc3339: "2026-07-01T00:00:00Z"))
        #expect(later.obstacles == ["signer=ssh.outside-validity"])
    }

    @Test(.enabled(if: hasKeygen, "ssh-keygen is absent"))
    func refusesAKeyThatIsNotAllowed() throws {
        let (content, _) = try Self.sshCommit("ed25519", "256")
        let (_, other) = try Self.sshCommit("ed25519", "256")
        let result = try Self.judge(content, try VirtualSigstore(), allowed: "ada \(other)")
        #expect(result.obstacles == ["signer=ssh.key-not-allowed"])
    }

    @Test(arguments: [
        "ada", "ada ssh-ed25519 AAAA", "ada unknown-option ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==",
        "ada valid-after=\"2026\" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==",
    ])
    func refusesAListThatIsNotUnderstood(text: String) {
        #expect(throws: AllowedSigners.Failure.self) { try AllowedSigners(parsing: Array(text.utf8)) }
    }

    // MARK: - Others

    @Test func recordsOpenPGPWithoutJudgingIt() throws {
        let packet: [UInt8] =
            [0xC2, 26, 4, 0, 1, 8, 0, 6, 5, 2, 0x60, 0, 0, 0, 0, 10, 9, 16, 1, 2, 3, 4, 5, 6, 7, 8, 0xAB, 0xCD]
        let armour = "-----BEGIN PGP SIGNATURE-----\n\n\(Base64.encode(packet))\n=AAAA\n-----END PGP SIGNATURE-----\n"
        let result = try Self.judge(Self.commit(Array(armour.utf8)), try VirtualSigstore())
        #expect(result.verdict.identity == "key 0102030405060708")
        #expect(result.obstacles == ["signature~openpgp.unsupported"])
        #expect(result.verdict.outcome == .notPerformed)
    }

    @Test(arguments: ["", "\n", "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n", "odd"])
    func neverAcceptsWhatIsNoSignature(text: String) throws {
        let result = try Self.judge(Self.commit(Array(text.utf8)), try VirtualSigstore())
        #expect(result.verdict.outcome != .passed)
    }
}

extension CommitVerification {
    /// The checks that stand in the way, as `check=reason` where it failed and `check~reason` where it could not be
    /// made.
    var obstacles: [String] {
        checks.filter { $0.outcome == .failed || $0.outcome == .notPerformed }
            .map { "\($0.checkName)\($0.outcome == .failed ? "=" : "~")\($0.reason ?? "")" }
    }
}
