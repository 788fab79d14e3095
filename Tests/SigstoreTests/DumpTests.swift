import Attestation
import Cryptography
import Foundation
import Sigstore
import StrictJSON
import TestSupport
import Testing

@Test(.enabled(if: SharedData.isPresent)) func dump() throws {
    let base = try SharedData.path("bundles")
    for folder in ["bundles-of-sigstore-java", "sigstore-go", "gh-attestation"] {
        for name in try FileManager.default.contentsOfDirectory(atPath: "\(base)/\(folder)").sorted()
        where name.hasSuffix(".json") || name.hasSuffix(".sigstore") {
            let bytes = try SharedData.bytes(at: "\(base)/\(folder)/\(name)")
            do {
                let bundle = try SigstoreBundle(parsing: bytes)
                var best = ""
                for trust in [BuiltInTrust.publicGood] {
                    let verifier = Verifier(root: try trust.trustedRoot())
                    var artifact = Artifact.bytes(try SharedData.bytes("bundles/bundles-of-sigstore-java/artifact.txt"))
                    if case .messageSignature(_, let digest, _) = bundle.content, let digest = Digest(.sha256, digest) {
                        artifact = .digest(digest)
                    }
                    if case .envelope(let envelope) = bundle.content {
                        if let s = try? Statement(parsing: envelope.payload).subjects.first {
                            for d in s.digests {
                                if let g = try? Digest(parsing: "\(d.algorithm):\(d.value)") { artifact = .digest(g) }
                            }
                        }
                    }
                    var policy = VerificationPolicy()
                    if trust == .github {
                        policy.logThreshold = 0; policy.certificateLogThreshold = 0; policy.timestampThreshold = 1
                    }
                    let r = verifier.verify(SignedEntity(bundle), of: artifact, policy: policy)
                    let bad = r.cryptographicChecks.filter { $0.outcome.isObstacle }.map { (n, o) -> String in
                        switch o {
                        case .failed(let r): "\(n)=\(r.code.rawValue)"
                        case .notPerformed(let m): "\(n)~\(m.code.rawValue)"
                        default: n
                        }
                    }
                    if r.isAuthentic { best = "OK \(trust) \(r.proof.strength) \(r.proof.identity ?? "-")"; break }
                    best += "\n   \(trust): " + bad.joined(separator: " ")
                }
                print("##", name, best)
            } catch { print("##", name, "PARSE", error) }
        }
    }
}
