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
            let made = try defect.make()
            result.append(.init(name: "DefectTests: \(defect)", reasons: defect.reasons) { try made.verify() })
        }
        for defect in LayerDefect.all {
            let made = try defect.make()
            result.append(.init(name: "DefectTests: \(defect)", reasons: defect.reasons) { try made.verify() })
        }
        var sigstore = try VirtualSigstore()
        for version in BundleVersion.allCases {
            for plan in GoodSignatureTests.plans where version != .v01 || plan.log == .first {
                let signed = try sigstore.signed(version: version, plan: plan)
                let attested = try sigstore.attested(version: version, plan: plan)
                for made in [signed, attested] {
                    result.append(.init(name: "GoodSignatureTests: \(version)", reasons: []) { try made.verify() })
                }
            }
        }
        let image = Digest(hashing: [1])
        for made in [try sigstore.signedImage(image), try sigstore.attestedImage(image)] {
            result.append(.init(name: "GoodSignatureTests: layers", reasons: []) { try made.verify() })
        }
        return result
    }
}
