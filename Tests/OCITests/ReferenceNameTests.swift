import Cryptography
import OCI
import Testing

@Suite("Names of attachments")
struct ReferenceNameTests {
    private static let digest = Digest(hashing: Array("image".utf8))
    private static let long = Digest(hashing: Array("image".utf8), .sha512)

    @Test(
        "What a name says",
        arguments: [
            ("sha256-\(digest.hex).sig", ReferenceName.signatures(of: digest)),
            ("sha256-\(digest.hex).att", .attestations(of: digest)),
            ("sha256-\(digest.hex).sbom", .billOfMaterials(of: digest)),
            ("sha256-\(digest.hex)", .referrers(of: digest)),
            ("registry.test:5000/a/b:sha256-\(digest.hex).sig", .signatures(of: digest)),
            ("registry.test/a/b:sha256-\(digest.hex)", .referrers(of: digest)),
            ("prefix-sha256-\(digest.hex).sig", .signatures(of: digest)),
            ("prefix-sha256-\(digest.hex)", .other),
            ("sha512-\(long.hex).sig", .signatures(of: long)),
            ("sha256-\(digest.hex).sig.sig", .other),
            ("sha256-\(digest.hex).6fe828b32b9b4572.meta", .other),
            ("sha256-\(digest.hex.uppercased()).sig", .other),
            ("sha256-\(digest.hex.dropLast()).sig", .other),
            ("sha256:\(digest.hex)", .other),
            ("latest", .other),
            ("", .other),
            ("sha256-\(String(repeating: "é", count: 32)).sig", .other),
        ]
    )
    func reads(name: String, expected: ReferenceName) {
        #expect(ReferenceName(name) == expected)
    }
}
