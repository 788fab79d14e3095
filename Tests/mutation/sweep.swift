import Cryptography
import Foundation
import Glibc
import Signing
import Sigstore
import TestSupport
import Testing

/// Asks of every mutation whether the defects that ``DefectTests`` refuses, and the signatures that
/// ``GoodSignatureTests`` accepts, notice it; each is made once, which is what costs time.
struct MutantSweep {
    private struct Question {
        let name: String
        let reasons: Set<String>
        let verify: () throws -> VerificationReport

        var isAnsweredRightly: Bool {
            guard let report = try? verify() else { return false }
            return report.isVerified == reasons.isEmpty && report.reasons(expecting: reasons) == reasons
        }
    }

    @Test func sweep() throws {
        let environment = ProcessInfo.processInfo.environment
        let names = environment["RAIREKI_MUTANTS", default: ""].split(separator: " ").map(String.init)
        let output = try #require(fopen(environment["RAIREKI_SWEEP", default: ""], "a"))
        let questions = try Self.questions()
        let wrong = questions.filter { !$0.isAnsweredRightly }.map(\.name)
        #expect(wrong == [])
        for name in names {
            setenv("RAIREKI_MUTANT", name, 1)
            fputs("\(name)\tbegun\t\n", output)
            fflush(output)
            if let killer = questions.first(where: { !$0.isAnsweredRightly }) {
                fputs("\(name)\tkilled\t\(killer.name)\n", output)
            } else {
                fputs("\(name)\tleft\t\n", output)
            }
            fflush(output)
        }
    }

    private static func questions() throws -> [Question] {
        var result: [Question] = []
        for defect in Defect.all {
            result.append(try question("DefectTests: \(defect)", defect.reasons, try defect.make()))
        }
        for defect in LayerDefect.all {
            result.append(try question("DefectTests: \(defect)", defect.reasons, try defect.make()))
        }
        var sigstore = try VirtualSigstore()
        for version in BundleVersion.allCases {
            for plan in GoodSignatureTests.plans where version != .v01 || plan.log == .first {
                result.append(try question("GoodSignatureTests", [], try sigstore.signed(version: version, plan: plan)))
                let attested = try sigstore.attested(version: version, plan: plan)
                result.append(try question("GoodSignatureTests", [], attested))
            }
        }
        let image = Digest(hashing: [1])
        result.append(try question("GoodSignatureTests: layers", [], try sigstore.signedImage(image)))
        result.append(try question("GoodSignatureTests: layers", [], try sigstore.attestedImage(image)))
        return result
    }

    /// Bundle and trusted root are read once; what is found while paths are searched is not kept.
    private static func question(_ name: String, _ reasons: Set<String>, _ made: SignedCase) throws -> Question {
        let entity = SignedEntity(try SigstoreBundle(parsing: made.bytes))
        let root = try TrustedRoot(parsing: made.trustedRoot)
        return Question(name: name, reasons: reasons) {
            Verifier(root: root).verify(entity, of: .bytes(made.artifact), policy: made.policy)
        }
    }

    private static func question(_ name: String, _ reasons: Set<String>, _ made: SignedLayerCase) throws -> Question {
        Question(name: name, reasons: reasons) { try made.verify() }
    }
}
