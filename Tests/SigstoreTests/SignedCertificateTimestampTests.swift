import Cryptography
import TestSupport
import Testing

@testable import Sigstore

@Suite("Lists of certificate timestamps are read strictly")
struct SignedCertificateTimestampTests {
    private static let logID = [UInt8](repeating: 0xAB, count: 32)
    /// Version 1, log, 2^32 ms, no extensions, SHA-256 with ECDSA, a signature of two bytes.
    private static let timestamp: [UInt8] =
        [0] + logID + [0, 0, 0, 1, 0, 0, 0, 0] + [0, 0] + [4, 3] + [0, 2, 0xCA, 0xFE]

    private static func vector(_ bytes: [UInt8]) -> [UInt8] {
        [UInt8(bytes.count >> 8), UInt8(bytes.count & 0xFF)] + bytes
    }

    private static func value(_ timestamps: [[UInt8]]) -> [UInt8] {
        DERBuilder.octetString(vector(timestamps.flatMap { vector($0) }))
    }

    private func failure(_ value: [UInt8]) -> CertificateTimestampError? {
        do {
            _ = try SignedCertificateTimestamp.list(extensionValue: value)
            return nil
        } catch {
            return error
        }
    }

    @Test("Every field is read")
    func reads() throws {
        let withExtensions = [0] + Self.logID + [UInt8](repeating: 0xFF, count: 8) + [0, 1, 0x55] + [4, 1] + [0, 0]
        let list = try SignedCertificateTimestamp.list(extensionValue: Self.value([Self.timestamp, withExtensions]))
        #expect(list.map(\.logID) == [Self.logID, Self.logID])
        #expect(list.map(\.milliseconds) == [1 << 32, .max])
        #expect(list.map(\.signature) == [[0xCA, 0xFE], []])
        #expect(list.map(\.extensions) == [[], [0x55]])
        #expect(list.map(\.algorithm) == [.ecdsa(.sha256), .rsaPKCS1(.sha256)])
        #expect(list[0].time == Timestamp(milliseconds: 1 << 32))
        #expect(list[1].time.seconds == Int64.max / 1000)
        #expect(try SignedCertificateTimestamp.list(extensionValue: Self.value([])).isEmpty)
    }

    @Test(
        "Other pairs of hash and signature are not those of logs",
        arguments: [(0, 0), (2, 3), (2, 1), (4, 2), (5, 3), (6, 1), (3, 4), (255, 255)] as [(UInt8, UInt8)]
    )
    func algorithms(hash: UInt8, signature: UInt8) throws {
        var bytes = Self.timestamp
        bytes[43] = hash
        bytes[44] = signature
        let list = try SignedCertificateTimestamp.list(extensionValue: Self.value([bytes]))
        #expect(list.map(\.algorithm) == [nil])
    }

    @Test("Another version is named, and lengths that do not fit are malformed")
    func malformed() {
        #expect(failure(Self.value([[1] + Self.timestamp.dropFirst()])) == .unknownVersion)
        #expect(failure(Self.value([[]])) == .malformed)
        #expect(failure(Self.value([Self.timestamp + [0]])) == .malformed)
        #expect(failure(Self.value([Self.timestamp]) + [0]) == .malformed)
        #expect(failure(DERBuilder.octetString(Self.vector([0]))) == .malformed)
        #expect(failure(DERBuilder.octetString([0, 1])) == .malformed)
        #expect(failure(DERBuilder.octetString([])) == .malformed)
        #expect(failure([]) == .malformed)
        #expect(failure(DERBuilder.sequence()) == .malformed)
        let good = Self.value([Self.timestamp])
        for count in good.indices { #expect(failure(Array(good.prefix(count))) == .malformed) }
        for count in Self.timestamp.indices {
            #expect(failure(Self.value([Array(Self.timestamp.prefix(count))])) == .malformed)
        }
    }

    @Test("Thirty-two are read, thirty-three are refused")
    func limit() {
        #expect(failure(Self.value([[UInt8]](repeating: Self.timestamp, count: 32))) == nil)
        #expect(failure(Self.value([[UInt8]](repeating: Self.timestamp, count: 33))) == .tooMany)
    }

    @Test("A certificate that the local log promised to publish carries one timestamp, over the certificate without it")
    func made() throws {
        let made = try MadeMaterial()
        let certificate = try Certificate(der: made.leaf)
        let root = try TrustedRoot(parsing: made.trustedRoot.bytes)
        let value = try #require(certificate.extensionValue(SignedCertificateTimestamp.extensionIdentifier))
        let timestamp = try #require(try SignedCertificateTimestamp.list(extensionValue: value).first)
        let key = try #require(root.certificateLogs.first?.publicKey)
        let issuer = root.certificateAuthorities[0].chain[0]
        #expect(timestamp.logID == root.certificateLogs[0].logID)
        #expect(timestamp.time == Timestamp(seconds: 1_700_000_060))
        let data = timestamp.signedData(certificate: certificate, issuer: issuer)
        #expect(key.isValid(signature: timestamp.signature, for: data, algorithm: timestamp.algorithm))
        let other = timestamp.signedData(certificate: certificate, issuer: root.certificateAuthorities[0].chain[1])
        #expect(!key.isValid(signature: timestamp.signature, for: other, algorithm: timestamp.algorithm))
    }

    @Test("Thousands of damaged lists are read or refused")
    func mutations() {
        var mutator = Mutator(seed: 6962)
        let value = Self.value([Self.timestamp, Self.timestamp])
        var read = 0
        for _ in 0..<4_000 where (failure(mutator.mutate(value)) == nil) { read += 1 }
        #expect(read > 0)
    }
}
