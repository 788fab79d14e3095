import Cryptography
import OCI
import Signing
import Sigstore
import TestSupport
import Testing

/// No part of another signature stands in for this one's, wherever the signature lies.
///
/// Five advisories in three clients were of this one kind: CVE-2022-23649, CVE-2022-36056, CVE-2024-53267,
/// CVE-2024-51746 and CVE-2026-22703.
@Suite("Parts of other signatures, in every carrier")
struct SpliceTests {
    private let signed: SignedLayout
    private let image: [UInt8]

    init() throws {
        signed = try SignedLayout()
        image = try #require(signed.layout.blobs[signed.image.digest])
    }

    private func parts(_ carrier: SignatureCarrier) throws -> Splice.Parts {
        var sigstore = signed.sigstore
        let credential = try sigstore.credential()
        let stranger = try sigstore.credential()
        func sign(_ bytes: [UInt8], _ credential: SigningCredential) throws -> CarriedSignature {
            try CarriedSignature(of: bytes, in: carrier, with: credential, &sigstore)
        }
        return Splice.Parts(
            signature: try sign(image, credential),
            other: try sign(image + [0x0A], credential),
            again: try sign(image, credential),
            stranger: try sign(image, stranger),
            credential: credential,
            sigstore: sigstore
        )
    }

    /// What only follows from another obstacle.
    private static let consequences: Set<String> = [
        FailureCode.tooFewLogs.rawValue, FailureCode.unsignedTime.rawValue, FailureCode.noTrustedTime.rawValue,
        MissingMaterial.Code.earlierFailure.rawValue,
    ]

    @Test("Whole it is trusted", arguments: SignatureCarrier.allCases)
    func whole(carrier: SignatureCarrier) throws {
        let parts = try parts(carrier)
        for signature in [parts.signature, parts.again, parts.stranger] {
            let judged = try signature.judge(in: signed, image: image)
            #expect(judged.reasons == [])
            #expect(judged.isTrusted)
        }
    }

    @Test("A spliced one is refused for its reason", arguments: SignatureCarrier.allCases)
    func spliced(carrier: SignatureCarrier) throws {
        let parts = try parts(carrier)
        for splice in Splice.all {
            guard let codes = splice.reasons(carrier) else { continue }
            let expected = Set(codes.map(\.rawValue))
            let judged = try splice.apply(to: parts).judge(in: signed, image: image)
            #expect(judged.reasons.subtracting(Self.consequences.subtracting(expected)) == expected, "\(splice)")
            #expect(!judged.isTrusted, "\(splice)")
        }
    }
}
