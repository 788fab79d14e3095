import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

/// The openssl command reads and verifies certificates and timestamps that are made here.
@Suite(.enabled(if: Peer.has("openssl"), "no openssl command"))
struct OpenSSLAgreementTests {
    let directory: TemporaryDirectory
    var sigstore: VirtualSigstore

    init() throws {
        directory = try TemporaryDirectory()
        sigstore = try VirtualSigstore()
    }

    private func write(_ certificate: [UInt8], _ name: String) throws -> String {
        try directory.write(PEMBlock(label: "CERTIFICATE", content: certificate).text, to: name)
    }

    @Test mutating func verifiesALeafUpToTheRoot() throws {
        let leaf = try #require(try sigstore.credential().certificate)
        let authority = sigstore.authority.certificateAuthority
        let arguments = [
            "verify", "-x509_strict", "-attime", String(sigstore.time.seconds), "-CAfile",
            try write(authority.root, "root.pem"), "-untrusted", try write(authority.intermediate, "intermediate.pem"),
            try write(leaf, "leaf.pem"),
        ]
        let result = try Peer.run("openssl", arguments)
        #expect(result.status == 0, "\(result.everything)")
    }

    @Test(arguments: [true, false])
    mutating func verifiesATimestamp(embedsCertificate: Bool) throws {
        let message = Array("signature".utf8)
        var authority = sigstore.authority.timestampAuthority
        let response = try authority.stamp(message, at: sigstore.time, embedsCertificate: embedsCertificate)
        var arguments = [
            "ts", "-verify", "-in", try directory.write(response, to: "response.tsr"), "-data",
            try directory.write(message, to: "message"), "-CAfile", try write(authority.root, "root.pem"), "-attime",
            String(sigstore.time.seconds),
        ]
        if !embedsCertificate { arguments += ["-untrusted", try write(authority.issuer.certificate, "leaf.pem")] }
        let good = try Peer.run("openssl", arguments)
        #expect(good.status == 0, "\(good.everything)")
        try directory.write(message + [0], to: "message")
        let other = try Peer.run("openssl", arguments)
        #expect(other.status != 0)
        #expect(other.everything.contains("message imprint mismatch"))
    }

    @Test mutating func readsFulciosExtensions() throws {
        let leaf = try #require(try sigstore.credential().certificate)
        let result = try Peer.run("openssl", ["x509", "-noout", "-text", "-in", try write(leaf, "leaf.pem")])
        #expect(result.everything.contains("X509v3 Subject Alternative Name: critical"))
        #expect(result.everything.contains("URI:https://gitlab.com/acme/payments//.gitlab-ci.yml@refs/heads/main"))
        #expect(result.everything.contains("Signed Certificate Timestamp:"))
        let numbers = result.everything.split(separator: "\n").compactMap { line in
            line.split(separator: "1.3.6.1.4.1.57264.1.").dropFirst().first?.prefix { $0.isNumber }
        }
        // Fulcio's order; .2 to .6 are GitHub's, .7 is in the name, and the job has no environment, .23.
        #expect(numbers.map(String.init) == ["1"] + (8...22).map(String.init) + ["24"])
    }
}
