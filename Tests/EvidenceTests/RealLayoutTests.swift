import CaseIndex
import Cryptography
import Evidence
import TestSupport
import Testing

@Suite("Layouts that others made", .enabled(if: SharedData.isPresent, "../shared/data is absent"))
struct RealLayoutTests {
    @Test(
        "Layouts that cosign saved with an attestation",
        arguments: [
            ("v1.4.0", "a74d89d8dd863ca5dae4a29e0feede81ddf59197849a80784af5a02ab7786925", 0),
            ("v1.8.0", "038d72307b94cd27dffbfb458b695758929980cebec68ca892061a280636952b", 1),
            ("v1.10.0", "e0a0a765d690a5104331cfbac88ebbbf01736c1f87aaa3cd455c516a5ea586a5", 1),
            ("v2.1.0", "234e2c830c2fb31ac5671789d22adfe44d30c3ee831d01beae5e237841a13122", 1),
        ]
    )
    func attested(version: String, image: String, unsignedStatements: Int) throws {
        let imported = try ImportedCase()
        let summary = try imported.add(SharedData.path("images/slsa-container-\(version)"))
        #expect(summary.images == 1)
        #expect(summary.signatures == 0)
        #expect(summary.attestations == 1)
        #expect(summary.unsignedStatements == unsignedStatements)
        #expect(try imported.warningCodes() == [])
    }
}
