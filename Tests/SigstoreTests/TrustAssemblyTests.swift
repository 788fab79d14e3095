import Cryptography
import Signing
import Sigstore
import Testing

@Suite struct TrustAssemblyTests {
    private let authority: LocalAuthority
    private let start = Timestamp(seconds: 1_700_000_000)

    init() throws {
        authority = try LocalAuthority(
            organization: "Example",
            domain: "example.com",
            keys: .seed("trust"),
            start: start
        )
    }

    private func certificates(_ encodings: [[UInt8]]) throws -> [Certificate] {
        try encodings.map { try Certificate(der: $0) }
    }

    private func assemble(_ encodings: [[UInt8]], start: Timestamp? = nil) throws -> CertificateAuthority {
        try CertificateAuthority(uri: "u", assembling: try certificates(encodings), start: start)
    }

    @Test func writesARootAsItReadsIt() throws {
        let root = try TrustedRoot(parsing: authority.trustedRoot)
        #expect(try root.json() == authority.trustedRoot)
    }

    @Test(arguments: BuiltInTrust.allCases)
    func writesTheBuiltInRoots(_ trust: BuiltInTrust) throws {
        let root = try trust.trustedRoot()
        #expect(try TrustedRoot(parsing: try root.json()) == root)
    }

    @Test func ordersTheCertificatesOfAnAuthority() throws {
        let local = authority.certificateAuthority
        for order in [[local.root, local.intermediate], [local.intermediate, local.root, local.root]] {
            let made = try assemble(order)
            #expect(made.chain.map(\.der) == [local.intermediate, local.root])
            #expect(made.validity == ValidityPeriod(start: start))
        }
        #expect(try assemble([local.root]).chain.count == 1)
        // An intermediate alone may be the anchor, as in Sigstore's own roots a root is not always listed.
        #expect(try assemble([local.intermediate]).chain.count == 1)
        #expect(try assemble([local.root], start: Timestamp(seconds: 5)).validity.start == Timestamp(seconds: 5))
    }

    @Test func refusesCertificatesThatAreNotOneChain() throws {
        let (first, second) = (authority.certificateAuthority, authority.timestampAuthority)
        let subjects = try certificates([first.root, second.root]).map(\.subjectName)
        #expect(throws: TrustAssemblyError.notOneChain(subjects: subjects)) {
            try assemble([first.root, second.root])
        }
        #expect(throws: TrustAssemblyError.noCertificates) { try assemble([]) }
    }

    @Test func refusesAChainWhoseSignaturesDoNotHold() throws {
        // The same names under other keys.
        let other = try LocalAuthority(
            organization: "Example",
            domain: "example.com",
            keys: .seed("other"),
            start: start
        )
        let intermediate = other.certificateAuthority.intermediate
        let subject = try Certificate(der: intermediate).subjectName
        #expect(throws: TrustAssemblyError.brokenChain(subject: subject)) {
            try assemble([authority.certificateAuthority.root, intermediate])
        }
    }

    @Test func namesLogsByTheirKeysAndNewerOnesByTheirHostToo() throws {
        let first = try PublicKey(pem: authority.transparencyLog.key.publicKeyPEM)
        let second = try PublicKey(pem: authority.tileLog.key.publicKeyPEM)
        let url = "https://\(authority.tileLog.host)"
        #expect(try LogInstance(rekor: "", key: first, start: start).logID == authority.transparencyLog.logID)
        #expect(try LogInstance(rekor: url, key: second, start: start).logID == authority.tileLog.logID)
        #expect(throws: TrustAssemblyError.addressNeeded) { try LogInstance(rekor: "", key: second, start: start) }
    }
}
