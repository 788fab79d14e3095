import ArgumentParser
internal import Cryptography
internal import Dispatch
internal import Signing
internal import Sigstore

/// Verifies distinct keyless signatures, and beside them only the OpenSSL verifications that they need.
struct SignatureBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signatures",
        abstract: "Verify distinct keyless signatures against the raw verifications that they need."
    )

    @Option(help: "How many signatures.") var count = 1_000
    @Option(help: "How many runs of each, in turn.") var runs = 7
    @Option(help: "How many threads.") var threads = 2

    func run() throws {
        let material = try SignatureMaterial(count: count)
        let verifier = Verifier(root: try TrustedRoot(parsing: material.trustedRoot))
        var whole: [Double] = []
        var raw: [Double] = []
        for _ in 0...runs {
            whole.append(Self.seconds { verify(material, verifier) })
            raw.append(Self.seconds { verifyRaw(material) })
        }
        // The first of each warms up.
        let ratios = zip(whole, raw).dropFirst().map { $1 / $0 }
        print("| \(count) signatures, \(threads) threads | seconds, median of \(runs) |")
        print("|---|---|")
        print("| parsed and verified, all checks | \(Self.median(Array(whole.dropFirst()))) |")
        print("| raw OpenSSL verifications alone | \(Self.median(Array(raw.dropFirst()))) |")
        print("| share of the limit | \(Self.median(ratios)) |")
    }

    /// Every bundle from its bytes; nothing is kept from one to the next but what the verifier itself keeps.
    private func verify(_ material: SignatureMaterial, _ verifier: Verifier) {
        each(material.bundles.count) { position in
            guard let bundle = try? SigstoreBundle(parsing: material.bundles[position]) else { return false }
            let artifact = Artifact.bytes(material.artifacts[position])
            return verifier.verify(SignedEntity(bundle), of: artifact, policy: VerificationPolicy()).isVerified
        }
    }

    /// Certificate, certificate timestamp, entry timestamp, checkpoint and signature, keys ready.
    private func verifyRaw(_ material: SignatureMaterial) {
        each(material.verifications.count) { position in
            material.verifications[position].allSatisfy { $0.key.isValid(signature: $0.signature, for: $0.message) }
        }
    }

    private func each(_ count: Int, _ body: @Sendable (Int) -> Bool) {
        withoutActuallyEscaping(body) { body in
            DispatchQueue.concurrentPerform(iterations: threads) { thread in
                for position in stride(from: thread, to: count, by: threads) {
                    precondition(body(position), "signature \(position) does not hold")
                }
            }
        }
    }

    private static func seconds(_ body: () -> Void) -> Double {
        let duration = ContinuousClock().measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private static func median(_ values: [Double]) -> Double {
        let sorted = values.sorted()
        let middle = sorted[sorted.count / 2]
        return (middle * 1_000).rounded() / 1_000
    }
}
