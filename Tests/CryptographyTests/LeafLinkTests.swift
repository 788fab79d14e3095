import Cryptography
import Testing

@Suite("A leaf below a known path is held to its own link")
struct LeafLinkTests {
    private static let start = Timestamp(seconds: 1_700_000_000)
    private static let codeSigning: [ExtensionTemplate] = [
        .keyUsage([.digitalSignature]), .extendedKeyUsage([ExtensionTemplate.Purpose.codeSigning]),
    ]

    private static func certificate(
        _ name: String,
        issuer: String,
        key: String? = nil,
        _ extensions: [ExtensionTemplate]
    ) throws -> Certificate {
        let template = CertificateTemplate(
            serialNumber: [1, UInt8(name.utf8.count)],
            issuer: .init(commonName: issuer),
            subject: .init(commonName: name),
            notBefore: start,
            notAfter: start.adding(seconds: 600),
            subjectPublicKeyInfo: try SigningKey(seed: name, kind: .p256).subjectPublicKeyInfo,
            extensions: extensions
        )
        return try Certificate(der: try template.sign(with: try SigningKey(seed: key ?? issuer, kind: .p256)))
    }

    /// The path of a leaf below an intermediate with the extensions given.
    private static func path(_ extensions: [ExtensionTemplate] = []) throws -> CertificatePath {
        let authority: [ExtensionTemplate] = [.keyUsage([.certificateSigning]), .basicConstraints(isAuthority: true)]
        return try CertificatePath(
            leaf: try certificate("first", issuer: "middle", codeSigning),
            intermediates: [try certificate("middle", issuer: "root", authority + extensions)],
            anchor: try certificate("root", issuer: "root", authority)
        )
    }

    private func failure(_ leaf: Certificate, below path: CertificatePath) -> CertificatePathError? {
        do {
            _ = try CertificatePath(leaf: leaf, below: path)
            return nil
        } catch {
            return error
        }
    }

    @Test("A second leaf of the same issuer gets the same path above it as a search would find")
    func secondLeaf() throws {
        let path = try Self.path()
        let leaf = try Self.certificate("second", issuer: "middle", Self.codeSigning)
        let below = try CertificatePath(leaf: leaf, below: path)
        let searched = try CertificatePath(
            leaf: leaf,
            intermediates: [path.certificates[1]],
            anchor: path.certificates[2]
        )
        #expect(below == searched)
    }

    @Test("Another issuer's name, another key, and what a leaf may not say are refused, each for itself")
    func refused() throws {
        let path = try Self.path()
        let stranger = try Self.certificate("leaf", issuer: "Middle", key: "middle", Self.codeSigning)
        #expect(failure(stranger, below: path) == .linkMismatch("issuer"))
        let forged = try Self.certificate("leaf", issuer: "middle", key: "stranger", Self.codeSigning)
        #expect(failure(forged, below: path) == .linkMismatch("signature"))
        let authority = try Self.certificate("leaf", issuer: "middle", [.basicConstraints(isAuthority: true)])
        #expect(failure(authority, below: path) == .linkMismatch("extensions"))
        for critical in [ExtensionTemplate([1, 2, 3], isCritical: true, value: DERBuilder.null), .poison] {
            let leaf = try Self.certificate("leaf", issuer: "middle", Self.codeSigning + [critical])
            #expect(failure(leaf, below: path) == .linkMismatch("extensions"))
        }
    }

    @Test("Every flipped bit of the signed part and of the signature is noticed")
    func flippedBits() throws {
        let path = try Self.path()
        let der = try Self.certificate("leaf", issuer: "middle", Self.codeSigning).der
        for position in der.indices {
            var damaged = der
            damaged[position] ^= 1 << UInt8(position % 8)
            guard let leaf = try? Certificate(der: damaged) else { continue }
            #expect(failure(leaf, below: path) != nil, "byte \(position)")
        }
    }

    @Test("The algorithm inside and around the signed part must be the same")
    func algorithms() throws {
        let der = try Self.certificate("leaf", issuer: "middle", Self.codeSigning).der
        let name: [UInt8] = [0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02]
        let places = der.indices.filter { der[$0...].starts(with: name) }
        #expect(places.count == 2)
        for place in places {
            var damaged = der
            damaged[place + 7] = 0x03
            #expect(throws: CryptographyError.malformed(object: "certificate")) { try Certificate(der: damaged) }
        }
    }

    @Test("A path under constraints of names or policies serves no other leaf", arguments: [30, 36, 54] as [UInt64])
    func constraints(arc: UInt64) throws {
        let path = try Self.path()
        #expect(path.isReusable)
        // Constraints that do not touch the first leaf: no DNS name below example.com; no policy is asked for.
        let subtree = DERBuilder.sequence(DERBuilder.primitiveContext(2, Array("example.com".utf8)))
        let value: [UInt8] =
            switch arc {
            case 30: DERBuilder.sequence(DERBuilder.context(1, subtree))
            case 36: DERBuilder.sequence(DERBuilder.primitiveContext(0, [5]))
            default: DERBuilder.unsignedInteger([5])
            }
        let constrained = try Self.path([ExtensionTemplate([2, 5, 29, arc], isCritical: true, value: value)])
        #expect(!constrained.isReusable)
    }

    @Test(
        "Basic constraints that are not plainly those of a leaf count as an authority's",
        arguments: [
            ([0x30, 0x00], false), ([0x30, 0x03, 0x01, 0x01, 0xFF], true), ([0x30, 0x03, 0x01, 0x01, 0x01], true),
            ([0x30, 0x03, 0x01, 0x01, 0x00], false), ([0x30, 0x03, 0x01, 0x02, 0x00], true),
            ([0x30, 0x02, 0x01, 0x00], true),
            ([0x30, 0x03, 0x02, 0x01, 0x00], false), ([0x30, 0x01, 0x00], true), ([], true), ([0x05, 0x00], true),
            ([0x30, 0x00, 0x00], true), ([0x30, 0x04, 0x01, 0x01, 0x00], true),
        ] as [([UInt8], Bool)]
    )
    func basicConstraints(value: [UInt8], isAuthority: Bool) throws {
        let constraints = ExtensionTemplate([2, 5, 29, 19], isCritical: true, value: value)
        #expect(try Self.certificate("leaf", issuer: "middle", [constraints]).isAuthority == isAuthority)
    }

    @Test(
        "Only a well formed key usage names digital signatures",
        arguments: [
            ([0x03, 0x02, 0x07, 0x80], true), ([0x03, 0x02, 0x00, 0xFF], true), ([0x03, 0x03, 0x07, 0x80, 0x80], true),
            ([0x03, 0x02, 0x06, 0x40], false), ([0x03, 0x01, 0x00], false), ([0x03, 0x00], false), ([], false),
            ([0x03, 0x02, 0x08, 0x80], false), ([0x03, 0x02, 0xFF, 0x80], false),
            ([0x03, 0x02, 0x07, 0x80, 0x00], false),
            ([0x04, 0x02, 0x07, 0x80], false),
        ] as [([UInt8], Bool)]
    )
    func keyUsage(value: [UInt8], allows: Bool) throws {
        let usage = ExtensionTemplate([2, 5, 29, 15], isCritical: true, value: value)
        #expect(try Self.certificate("leaf", issuer: "middle", [usage]).allowsDigitalSignature == allows)
    }
}
