import Cryptography
import Testing

/// Encodings that X.690 and its users give as examples.
struct DERBuilderTests {
    @Test func writesLengthsInTheShortestForm() {
        #expect(DERBuilder.octetString([UInt8](repeating: 7, count: 127)).prefix(2) == [0x04, 0x7F])
        #expect(DERBuilder.octetString([UInt8](repeating: 7, count: 128)).prefix(3) == [0x04, 0x81, 0x80])
        #expect(DERBuilder.octetString([UInt8](repeating: 7, count: 256)).prefix(4) == [0x04, 0x82, 0x01, 0x00])
    }

    @Test func writesIntegersWithoutAStrayOctet() {
        #expect(DERBuilder.integer(0) == [0x02, 0x01, 0x00])
        #expect(DERBuilder.integer(127) == [0x02, 0x01, 0x7F])
        #expect(DERBuilder.integer(128) == [0x02, 0x02, 0x00, 0x80])
        #expect(DERBuilder.unsignedInteger([0, 0, 1, 0]) == [0x02, 0x02, 0x01, 0x00])
    }

    @Test func writesObjectIdentifiers() {
        // RSA Data Security (RFC 8017).
        #expect(DERBuilder.objectIdentifier([1, 2, 840, 113549]) == [0x06, 6, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D])
    }

    @Test func writesNamedBitsWithoutTrailingZeros() {
        #expect(DERBuilder.namedBits([0]) == [0x03, 0x02, 0x07, 0x80])
        #expect(DERBuilder.namedBits([5, 6]) == [0x03, 0x02, 0x01, 0x06])
        #expect(DERBuilder.namedBits([8]) == [0x03, 0x03, 0x07, 0x00, 0x80])
        #expect(DERBuilder.namedBits([]) == [0x03, 0x01, 0x00])
    }

    @Test func writesTimesOfCertificatesByTheirYear() {
        let last = Timestamp(seconds: 2_524_607_999)
        #expect(DERBuilder.certificateTime(last) == [0x17, 13] + Array("491231235959Z".utf8))
        #expect(DERBuilder.certificateTime(last.adding(seconds: 1)) == [0x18, 15] + Array("20500101000000Z".utf8))
    }

    @Test func sortsSets() {
        #expect(DERBuilder.set(of: [[0x02, 0x01, 0x02], [0x02, 0x01, 0x01]]) == [0x31, 6, 2, 1, 1, 2, 1, 2])
    }

    @Test func takesUTF8ForWhatIsNotPrintable() {
        #expect(DERBuilder.directoryString("Acme Ltd.") == [0x13, 9] + Array("Acme Ltd.".utf8))
        #expect(DERBuilder.directoryString("a_b").first == 0x0C)
    }
}
