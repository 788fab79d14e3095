import Cryptography
import Signing
import Sigstore
import TestSupport
import Testing

@Suite("What a log proves, and what it only states")
struct LogInclusionTests {
    private var sigstore: VirtualSigstore

    init() throws {
        sigstore = try VirtualSigstore()
    }

    private func reasons(_ signed: SignedCase) throws -> Set<String> {
        try signed.verify().reasons(expecting: [])
    }

    @Test("From version 0.2 a proof without a checkpoint is none")
    mutating func proofWithoutCheckpoint() throws {
        var signed = try sigstore.signed()
        signed.bundle.entries[0].promise = nil
        signed.bundle.entries[0].proof?.checkpoint = ""
        let report = try signed.verify()
        #expect(report.reasons == ["tlog.proof-missing", "threshold.distinct-logs"])
    }

    @Test("In version 0.1 a proof without a checkpoint adds nothing to the promise")
    mutating func promiseAlone() throws {
        var signed = try sigstore.signed(version: .v01, plan: SigningPlan())
        #expect(try signed.verify().proof.strength == .inclusionProof)
        signed.bundle.entries[0].proof?.checkpoint = ""
        let report = try signed.verify()
        #expect(report.reasons == [])
        #expect(report.proof.strength == .inclusionPromise)
        signed.bundle.entries[0].proof = nil
        #expect(try signed.verify().proof.strength == .inclusionPromise)
    }

    @Test("Under a malformed checkpoint nothing is proven")
    mutating func malformedCheckpoint() throws {
        var signed = try sigstore.signed()
        signed.bundle.entries[0].proof?.checkpoint = "rekor\n"
        let report = try signed.verify()
        #expect(report.inclusionProof.isObstacle)
        #expect(report.checkpoint.isObstacle)
    }

    @Test("The first version's proof states root and size, the second's may leave them to the checkpoint")
    mutating func absentRootAndSize() throws {
        var first = try sigstore.signed()
        first.bundle.entries[0].proof?.rootHash = []
        #expect(try reasons(first) == ["checkpoint.root-mismatch"])
        first = try sigstore.signed()
        first.bundle.entries[0].proof?.treeSize = 0
        #expect(try reasons(first) == ["checkpoint.size-mismatch"])
        var second = try sigstore.signed(plan: VirtualSigstore.second)
        second.bundle.entries[0].proof?.rootHash = []
        second.bundle.entries[0].proof?.treeSize = 0
        #expect(try reasons(second) == [])
    }

    @Test("The second version signs under the name that the trusted root gives it")
    mutating func anotherName() throws {
        var signed = try sigstore.signed(plan: VirtualSigstore.second)
        let proof = try #require(signed.bundle.entries[0].proof)
        var renamed = sigstore.authority.tileLog
        renamed.host = "another.example"
        signed.bundle.entries[0].proof?.checkpoint = try renamed.checkpoint(
            treeSize: Int(proof.treeSize),
            rootHash: proof.rootHash
        )
        #expect(try reasons(signed) == ["checkpoint.signer"])
    }

    @Test("An origin is the signer's name, in the first version with the number of a tree", arguments: [true, false])
    mutating func origins(isFirst: Bool) throws {
        let plan = isFirst ? VirtualSigstore.everyProof : VirtualSigstore.second
        let signed = try sigstore.signed(plan: plan)
        let log = isFirst ? sigstore.authority.transparencyLog : sigstore.authority.tileLog
        let proof = try #require(signed.bundle.entries[0].proof)
        let accepted = isFirst ? ["", " - 5"] : [""]
        for suffix in ["", " - 5", " - ", " - 5x", " - -5", "x"] {
            var changed = signed
            changed.bundle.entries[0].proof?.checkpoint = try log.checkpoint(
                treeSize: Int(proof.treeSize),
                rootHash: proof.rootHash,
                origin: log.host + suffix
            )
            #expect(try reasons(changed) == (accepted.contains(suffix) ? [] : ["checkpoint.origin"]))
        }
    }

    @Test("A promise in an entry of the second version says nothing")
    mutating func promiseOfTheSecondVersion() throws {
        var signed = try sigstore.signed(plan: VirtualSigstore.second)
        signed.bundle.entries[0].promise = [1]
        #expect(try signed.verify().reasons == [])
        #expect(try signed.verify().proof.times.map(\.source) == [.timestamp])
    }

    @Test("Every entry must hold, and distinct logs are counted")
    mutating func everyEntry() throws {
        let credential = try sigstore.credential()
        var signed = try sigstore.signed(with: credential)
        let message = try #require(signed.bundle.entries.first)
        signed.policy.logThreshold = 2
        #expect(try signed.verify().reasons == ["threshold.distinct-logs"])
        var other = sigstore
        other.artifact = [1]
        let second = try other.signed(with: credential, plan: VirtualSigstore.second).bundle.entries
        signed.policy.logThreshold = 1
        signed.bundle.entries = [message] + second
        #expect(try reasons(signed) == ["tlog.artifact-mismatch", "tlog.signature-mismatch"])
        #expect(try signed.verify().logThreshold == .passed("1 of 1"))
    }
}
