import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

@Suite("Witnesses count when they are known and cosigned the checkpoint that proves the entry")
struct WitnessTests {
    private static func witness(_ name: String = "witness.example") throws -> LocalWitness {
        try LocalWitness(name: name, keys: .seed("witness"))
    }

    private func failure(_ text: String) -> FormatError? {
        do throws(FormatError) {
            _ = try Witness(verifierKey: text)
            return nil
        } catch {
            return error
        }
    }

    /// The good case with cosigned checkpoint, and the witnesses that the verifier knows.
    private func report(
        cosignedBy cosigners: [LocalWitness],
        known: [LocalWitness],
        plan: SigningPlan = VirtualSigstore.everyProof,
        threshold: Int = 0
    ) throws -> VerificationReport {
        var sigstore = try VirtualSigstore()
        var signed = try sigstore.signed(plan: plan)
        for cosigner in cosigners {
            let note = try #require(signed.bundle.entries[0].proof?.checkpoint)
            signed.bundle.entries[0].proof?.checkpoint = try cosigner.cosigning(note, at: sigstore.time)
        }
        signed.policy.witnesses = try known.map { try Witness(verifierKey: $0.verifierKey) }
        signed.policy.witnessThreshold = threshold
        return try signed.verify()
    }

    @Test("A known witness makes the proof the strongest there is")
    func strength() throws {
        let witness = try Self.witness()
        for plan in [VirtualSigstore.everyProof, VirtualSigstore.second] {
            let known = try report(cosignedBy: [witness], known: [witness], plan: plan, threshold: 1)
            #expect(known.reasons == [])
            #expect(known.proof.strength == .witnessed)
            #expect(known.witnesses == .passed("cosigned by witness.example at 2026-03-02T09:00:00Z"))
        }
        #expect(ProofStrength.witnessed > .timestamped)
    }

    @Test("Who cosigned twice is one witness, and named once")
    func twice() throws {
        let witness = try Self.witness()
        let report = try report(cosignedBy: [witness, witness], known: [witness], threshold: 1)
        #expect(report.witnesses == .passed("cosigned by witness.example at 2026-03-02T09:00:00Z"))
    }

    @Test("A witness that nobody knows neither helps nor harms")
    func unknown() throws {
        let stranger = try report(cosignedBy: [Self.witness("stranger")], known: [Self.witness()])
        #expect(stranger.reasons == [])
        #expect(stranger.proof.strength == .timestamped)
        #expect(stranger.witnesses == .notApplicable("no known witness cosigned the checkpoint"))
        let nobody = try report(cosignedBy: [Self.witness()], known: [])
        #expect(nobody.proof.strength == .timestamped)
        #expect(nobody.witnesses == .notApplicable("no known witness, or nothing proven to cosign"))
        let wanted = try report(cosignedBy: [Self.witness("stranger")], known: [Self.witness()], threshold: 1)
        #expect(wanted.reasons == ["threshold.distinct-witnesses"])
    }

    @Test("The name and the key id both tell witnesses apart")
    func namesakes() throws {
        // The same name with another key, which did not sign: not its line.
        let namesake = try LocalWitness(name: "witness.example", keys: .seed("another"))
        let other = try report(cosignedBy: [namesake], known: [Self.witness()])
        #expect(other.reasons == [])
        #expect(other.proof.strength == .timestamped)
        let both = try report(cosignedBy: [namesake, Self.witness()], known: [Self.witness()], threshold: 1)
        #expect(both.proof.strength == .witnessed)
    }

    @Test("A witness under a checkpoint that the log did not sign counts for nothing")
    func unproven() throws {
        var signed = try Defect.rootHashWrong.make()
        let witness = try Self.witness()
        let note = try #require(signed.bundle.entries[0].proof?.checkpoint)
        signed.bundle.entries[0].proof?.checkpoint = try witness.cosigning(note, at: VirtualSigstore.start)
        signed.policy.witnesses = [try Witness(verifierKey: witness.verifierKey)]
        let report = try signed.verify()
        #expect(report.proof.strength < .inclusionProof)
        #expect(report.witnesses == .notApplicable("no known witness, or nothing proven to cosign"))
    }

    @Test("A verifier key is read whole or refused for what is wrong")
    func verifierKeys() throws {
        let good = try Self.witness().verifierKey
        let read = try Witness(verifierKey: good)
        #expect(read.name == "witness.example")
        #expect(good.contains("+\(Hexadecimal.encode(read.keyID))+"))
        let parts = good.split(separator: "+", maxSplits: 2).map(String.init)
        #expect(failure("witness.example") == .malformed(path: "witness", expected: "name+id+key"))
        #expect(failure("+\(parts[1])+\(parts[2])") == .malformed(path: "witness", expected: "name+id+key"))
        #expect(failure("a b+\(parts[1])+\(parts[2])") == .malformed(path: "witness", expected: "name+id+key"))
        let kind = FormatError.malformed(path: "witness.key", expected: "a key for cosignatures (type 4)")
        #expect(failure("\(parts[0])+\(parts[1])+AAAA") == kind)
        var bytes = try #require(Base64.decode(parts[2]))
        bytes[0] = 0x01
        #expect(failure("\(parts[0])+\(parts[1])+\(Base64.encode(bytes))") == kind)
        #expect(
            failure("\(parts[0])+00000000+\(parts[2])") == .malformed(path: "witness.id", expected: parts[1])
        )
        let small = [0x04, 0x01] + [UInt8](repeating: 0, count: 31)
        #expect(
            failure("\(parts[0])+\(parts[1])+\(Base64.encode(small))")
                == .malformed(path: "witness.key", expected: "an Ed25519 key")
        )
    }
}
