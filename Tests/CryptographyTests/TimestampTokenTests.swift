import Cryptography
import Signing
import TestSupport
import Testing

@Suite("Timestamp tokens say when, for whom and by whom")
struct TimestampTokenTests {
    private static let start = Timestamp(seconds: 1_700_000_000)
    private static let message = Array("signature bytes".utf8)

    private static func authority(_ seed: String = "tsa") throws -> LocalTimestampAuthority {
        try LocalTimestampAuthority(
            organization: "Example",
            keys: .seed(seed),
            baseURL: "https://timestamp.example.com",
            start: start
        )
    }

    private func failure(_ body: () throws -> Void) -> TimestampError? {
        do {
            try body()
            return nil
        } catch {
            return error as? TimestampError
        }
    }

    private func kind(_ error: TimestampError?) -> String {
        switch error {
        case .malformed: "malformed"
        case let error: "\(String(describing: error))"
        }
    }

    @Test("A token that was made here holds for its message and its signer", arguments: [true, false])
    func made(embeds: Bool) throws {
        var authority = try Self.authority()
        let response = try authority.stamp(Self.message, at: Self.start.adding(seconds: 5), embedsCertificate: embeds)
        let token = try TimestampToken(response: response)
        let signer = try Certificate(der: authority.issuer.certificate)
        #expect(token.generatedAt == Self.start.adding(seconds: 5))
        #expect(token.imprintAlgorithm == .sha256)
        #expect(token.imprint == Digest(hashing: Self.message).bytes)
        #expect(token.embeddedCertificates == (embeds ? [authority.issuer.certificate] : []))
        #expect(token.names(signer))
        #expect(failure { try token.verify(stamped: Self.message, signer: signer) } == nil)
        #expect(failure { try token.verify(stamped: [], signer: signer) } == .imprintMismatch)
        let other = try Certificate(der: try Self.authority("other").issuer.certificate)
        #expect(failure { try token.verify(stamped: Self.message, signer: other) } == .signerMismatch)
        let root = try Certificate(der: authority.root)
        #expect(failure { try token.verify(stamped: Self.message, signer: root) } == .signerMismatch)
    }

    @Test(
        "A signer that may do more than stamp, or not critically, is refused",
        arguments: [
            .extendedKeyUsage([ExtensionTemplate.Purpose.timestamping], isCritical: false),
            .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning], isCritical: true),
            .extendedKeyUsage(
                [ExtensionTemplate.Purpose.timestamping, ExtensionTemplate.Purpose.codeSigning],
                isCritical: true
            ),
        ] as [ExtensionTemplate]
    )
    func usage(usage: ExtensionTemplate) throws {
        var authority = try LocalTimestampAuthority(
            organization: "Example",
            keys: .seed("usage"),
            baseURL: "https://timestamp.example.com",
            start: Self.start,
            usage: usage
        )
        let token = try TimestampToken(response: try authority.stamp(Self.message, at: Self.start))
        let signer = try Certificate(der: authority.issuer.certificate)
        #expect(failure { try token.verify(stamped: Self.message, signer: signer) } == .signerUsage)
    }

    @Test("A token signed with another key does not hold")
    func otherKey() throws {
        var authority = try Self.authority()
        authority.issuer.key = try SigningKey(seed: "stranger", kind: .p256)
        let token = try TimestampToken(response: try authority.stamp(Self.message, at: Self.start))
        let signer = try Certificate(der: authority.issuer.certificate)
        #expect(failure { try token.verify(stamped: Self.message, signer: signer) } == .invalidSignature)
    }

    @Test("A damaged token never holds: every bit of every byte is signed, or decides what is read")
    func flippedBits() throws {
        var authority = try Self.authority()
        let response = try authority.stamp(Self.message, at: Self.start, embedsCertificate: false)
        let signer = try Certificate(der: authority.issuer.certificate)
        var survivors: [Int] = []
        for position in response.indices {
            var damaged = response
            damaged[position] ^= 1 << UInt8(position % 8)
            guard let token = try? TimestampToken(response: damaged),
                (try? token.verify(stamped: Self.message, signer: signer)) != nil
            else { continue }
            #expect(token.generatedAt == Self.start)
            #expect(token.imprint == Digest(hashing: Self.message).bytes)
            survivors.append(position)
        }
        // The status (granted, or granted with changes), two version numbers, and the list of hashes that CMS gives as a
        // hint (RFC 5652 §5.1) stand outside the signature and decide nothing.
        #expect(survivors == [8, 34] + Array(37...49) + [169])
    }

    @Test("Every truncation is malformed, and so is a trailing byte")
    func truncations() throws {
        var authority = try Self.authority()
        let response = try authority.stamp(Self.message, at: Self.start)
        for count in response.indices {
            let found = failure { _ = try TimestampToken(response: Array(response.prefix(count))) }
            #expect(kind(found) == "malformed", "\(count) bytes")
        }
        #expect(kind(failure { _ = try TimestampToken(response: response + [0]) }) == "malformed")
        let long = [UInt8](repeating: 0x30, count: TimestampToken.maximumBytes + 1)
        #expect(failure { _ = try TimestampToken(response: long) } == .malformed("65537 bytes"))
    }

    @Test("A response that was not granted says so", arguments: [2, 3, 4, 5] as [UInt32])
    func notGranted(status: UInt32) {
        let response = DERBuilder.sequence(DERBuilder.sequence(DERBuilder.integer(status)))
        #expect(failure { _ = try TimestampToken(response: response) } == .notGranted(status: Int(status)))
    }

    @Test("Thousands of damaged tokens are read or refused")
    func mutations() throws {
        var authority = try Self.authority()
        let response = try authority.stamp(Self.message, at: Self.start)
        let signer = try Certificate(der: authority.issuer.certificate)
        var mutator = Mutator(seed: 3161)
        var read = 0
        for _ in 0..<3_000 {
            guard let token = try? TimestampToken(response: mutator.mutate(response)) else { continue }
            read += 1
            _ = token.names(signer)
            _ = try? token.verify(stamped: Self.message, signer: signer)
        }
        #expect(read > 0)
    }
}

@Suite("Real timestamp responses", .enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealTimestampTests {
    private static let folder = "bundles/timestamp-responses"

    @Test(
        "What each response says",
        arguments: [
            ("freetsa_response.tsr", 2), ("sigstage_tsa_response_with_embedded_certs.tsr", 1),
            ("sigstage_tsa_response_without_embedded_certs.tsr", 0),
        ]
    )
    func reads(name: String, certificates: Int) throws {
        let bytes = try SharedData.bytes("\(Self.folder)/valid/\(name)")
        let token = try TimestampToken(response: bytes)
        #expect(token.embeddedCertificates.count == certificates)
        #expect(token.imprintAlgorithm == .sha256)
        #expect("\(token.generatedAt)".hasPrefix("202"))
        for der in token.embeddedCertificates { _ = try Certificate(der: der) }
        for count in stride(from: 0, to: bytes.count, by: bytes.count > 2_000 ? 7 : 1) {
            #expect((try? TimestampToken(response: Array(bytes.prefix(count)))) == nil, "\(count) bytes")
        }
    }

    /// Whoever asked for these handed in the digest's hexadecimal digits instead of its bytes: 64 bytes called SHA-256,
    /// which no message has (RFC 3161 §2.4.1).
    @Test(
        "A response whose imprint is longer than its hash is refused for that",
        arguments: [
            "sigstore_tsa_response_with_embedded_certs.tsr", "sigstore_tsa_response_without_embedded_certs.tsr",
        ]
    )
    func imprintLength(name: String) throws {
        let bytes = try SharedData.bytes("\(Self.folder)/valid/\(name)")
        #expect(throws: TimestampError.malformed("length of the imprint")) { try TimestampToken(response: bytes) }
    }

    @Test("The invalid response is refused for its reason")
    func invalid() throws {
        let bytes = try SharedData.bytes("\(Self.folder)/invalid/sigstore_tsa_response_invalid.tsr")
        #expect(throws: TimestampError.malformed("trailingBytes(15)")) { try TimestampToken(response: bytes) }
    }
}
