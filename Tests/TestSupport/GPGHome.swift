/// A home of GnuPG with one key, for tests that need real OpenPGP signatures.
package final class GPGHome: Sendable {
    private let directory: TemporaryDirectory
    /// The public key, binary.
    package let publicKey: [UInt8]

    /// Whether GnuPG is there, and its verifier.
    package static var isPresent: Bool { Peer.has("gpg") && Peer.has("gpgv") && Peer.has("gpgconf") }

    /// A home with a new key.
    package init() throws {
        directory = try TemporaryDirectory()
        let home = directory.path
        _ = try Self.gpg(home, ["--quick-generate-key", "tests <tests@example.org>", "ed25519", "sign", "never"])
        publicKey = try Self.gpg(home, ["--export"])
    }

    deinit {
        _ = try? Peer.run("gpgconf", ["--homedir", directory.path, "--kill", "all"])
    }

    /// A signed message around a content.
    package func sign(_ content: [UInt8], options: [String] = []) throws -> [UInt8] {
        let path = try directory.write(content, to: "content")
        return try Self.gpg(directory.path, options + ["--output", "-", "--sign", path])
    }

    private static func gpg(_ home: String, _ arguments: [String]) throws -> [UInt8] {
        let common = ["--homedir", home, "--batch", "--no-tty", "--pinentry-mode", "loopback", "--passphrase", ""]
        let outcome = try Peer.run("gpg", common + arguments)
        guard outcome.status == 0 else { throw PeerError.absent("gpg: \(outcome.messages)") }
        return outcome.output
    }
}
