import Cryptography
import Foundation
import Signing
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// Runs a program as if it were another time.
private let faketime = "/usr/bin/faketime"

/// What the machine's clock says changes no verdict: everything is judged at the times that the evidence proves.
@Suite(.enabled(if: FileManager.default.isExecutableFile(atPath: faketime), "faketime is absent"))
struct ClockTests {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
    }

    /// Runs the program at a moment; nil for now.
    private func run(_ arguments: [String], at moment: String?) throws -> ProgramRun {
        try ProgramRun((moment.map { [faketime, "-f", $0, ProgramRun.program] } ?? ["raireki"]) + arguments)
    }

    private static let moments = ["@1970-01-02 00:00:00", "@2026-03-02 09:05:00", "@2100-01-01 00:00:00"]

    private var identity: [String] {
        let identity = VirtualSigstore.job.identity
        return ["--certificate-identity", identity.name.text, "--certificate-oidc-issuer", identity.issuer]
    }

    @Test("The clock that is put before the program is another one")
    func control() throws {
        let now = try ProgramRun([faketime, "-f", "@2100-01-01 00:00:00", "/bin/date", "+%Y"])
        #expect(now.output == "2100\n")
    }

    @Test(
        "A bundle is judged alike in every year",
        arguments: [nil, "signed after the leaf expired", "moved integrated time"]
    )
    func bundles(defect: String?) throws {
        var sigstore = try VirtualSigstore()
        let wrong = Defect.all.first { $0.description == defect }
        let signed = try wrong.map { try $0.make(in: sigstore) } ?? sigstore.signed()
        let arguments =
            [
                "verify-bundle", "--format", "json", "--bundle", try directory.write(signed.bytes, to: "bundle.json"),
                "--trusted-root", try directory.write(signed.trustedRoot, to: "root.json"),
            ] + identity + [try directory.write(signed.artifact, to: "artifact")]
        let now = try run(arguments, at: nil)
        #expect(now.status == (defect == nil ? 0 : 1))
        for moment in Self.moments {
            let then = try run(arguments, at: moment)
            #expect(then.status == now.status)
            #expect(then.output == now.output)
        }
    }

    @Test("A case is judged alike in every year")
    func cases() throws {
        let signed = try SignedLayout(storage: .bundle)
        let layout = try signed.write(to: directory)
        let root = try directory.write(signed.sigstore.trustedRoot, to: "root.json")
        var outputs: Set<String> = []
        for (number, moment) in ([nil] + Self.moments.map { $0 as String? }).enumerated() {
            let file = ["--case", directory.path("\(number).raireki")]
            #expect(try run(["import"] + file + [layout], at: moment).status == 0)
            let judged = try run(
                ["verify", "--format", "json"] + file + ["--trusted-root", root] + identity,
                at: moment
            )
            #expect(judged.status == 0)
            outputs.insert(judged.output)
        }
        #expect(outputs.count == 1)
    }
}
