import Cryptography
import Sigstore
import StrictJSON
import TestSupport
import Testing

@Suite("A bundle in which anything was changed is not authentic")
struct DamagedBundleTests {
    private let made: MadeMaterial
    private let verifier: Verifier

    init() throws {
        made = try MadeMaterial()
        verifier = Verifier(root: try TrustedRoot(parsing: made.trustedRoot.bytes))
    }

    private func isAuthentic(_ json: JSONValue, of artifact: [UInt8] = MadeMaterial.artifact) -> Bool {
        guard let bundle = try? SigstoreBundle(parsing: json.bytes) else { return false }
        return verifier.verify(SignedEntity(bundle), of: .bytes(artifact), policy: VerificationPolicy()).isAuthentic
    }

    private func value(at path: String) throws -> JSONValue {
        try path.split(separator: "/").reduce(made.messageBundle) { value, name in
            try #require(Int(name).flatMap { value.array?[$0] } ?? value["\(name)"])
        }
    }

    /// The positions at which a flipped bit goes unnoticed.
    private func survivors(_ path: String, step: Int = 1) throws -> [Int] {
        let text = try #require(try value(at: path).string)
        let bytes = try #require(Base64.decode(text))
        return stride(from: 0, to: bytes.count, by: step).filter { position in
            var damaged = bytes
            damaged[position] ^= 1 << UInt8(position % 8)
            return isAuthentic(made.messageBundle.setting(path, to: JSONValue(Base64.encode(damaged))))
        }
    }

    @Test("Untouched it is authentic, for its artifact alone")
    func control() {
        #expect(isAuthentic(made.messageBundle))
        #expect(!isAuthentic(made.messageBundle, of: []))
        #expect(isAuthentic(made.chainBundle))
    }

    @Test(
        "No flipped bit of what is signed or binds it goes unnoticed",
        arguments: [
            ("messageSignature/signature", 1), ("messageSignature/messageDigest/digest", 1),
            ("verificationMaterial/certificate/rawBytes", 3),
            ("verificationMaterial/tlogEntries/0/logId/keyId", 1),
            ("verificationMaterial/tlogEntries/0/inclusionPromise/signedEntryTimestamp", 1),
            ("verificationMaterial/tlogEntries/0/canonicalizedBody", 5),
            ("verificationMaterial/tlogEntries/0/inclusionProof/rootHash", 1),
        ]
    )
    func flippedBits(path: String, step: Int) throws {
        #expect(try survivors(path, step: step) == [])
    }

    @Test(
        "No changed number goes unnoticed",
        arguments: ["logIndex", "integratedTime", "inclusionProof/logIndex", "inclusionProof/treeSize"]
    )
    func numbers(name: String) throws {
        let path = "verificationMaterial/tlogEntries/0/\(name)"
        let written = try value(at: path)
        let number = try #require(written.string.flatMap { Int64($0) } ?? written.int64)
        #expect(isAuthentic(made.messageBundle.setting(path, to: JSONValue(number))))
        for other in [number + 1, number - 1, 0, -1, .max, .min] where other != number {
            #expect(!isAuthentic(made.messageBundle.setting(path, to: JSONValue(other))), "\(name) \(other)")
        }
        #expect(number == 0 || !isAuthentic(made.messageBundle.setting(path, to: nil)))
    }

    @Test("No added, removed or swapped hash of the proof goes unnoticed")
    func hashes() throws {
        let path = "verificationMaterial/tlogEntries/0/inclusionProof/hashes"
        let hash = JSONValue(Base64.encode([UInt8](repeating: 1, count: 32)))
        let hashes = try value(at: "verificationMaterial/tlogEntries/0/inclusionProof")["hashes"]?.array ?? []
        #expect(hashes.count == 2)
        #expect(!isAuthentic(made.messageBundle.setting(path, to: .array(hashes + [hash]))))
        #expect(!isAuthentic(made.messageBundle.setting(path, to: .array(hashes.reversed()))))
        for position in hashes.indices {
            #expect(!isAuthentic(made.messageBundle.setting("\(path)/\(position)", to: hash)))
            #expect(!isAuthentic(made.messageBundle.setting("\(path)/\(position)", to: nil)))
        }
    }

    @Test("In a checkpoint only the signer's name, which its key id says better, may change unnoticed")
    func checkpoint() throws {
        let path = "verificationMaterial/tlogEntries/0/inclusionProof/checkpoint/envelope"
        let envelope = try #require(try value(at: path).string)
        let note = Array(envelope.utf8)
        let dash = try #require(note.indices.last { note[$0...].starts(with: Array("\u{2014} ".utf8)) })
        let name = dash + 4..<(note[(dash + 4)...].firstIndex(of: 0x20) ?? note.endIndex)
        for position in note.indices {
            var damaged = note
            damaged[position] ^= 1 << UInt8(position % 7)
            guard let text = String(validating: damaged, as: UTF8.self) else { continue }
            let survives = isAuthentic(made.messageBundle.setting(path, to: JSONValue(text)))
            #expect(!survives || name.contains(position), "byte \(position)")
        }
    }

    @Test("A timestamp that was damaged is either noticed or says the same")
    func timestamp() throws {
        let path = "verificationMaterial/timestampVerificationData/rfc3161Timestamps/0/signedTimestamp"
        let text = try #require(try value(at: path).string)
        let bytes = try #require(Base64.decode(text))
        let good = try TimestampToken(response: bytes)
        for position in try survivors(path, step: 3) {
            var damaged = bytes
            damaged[position] ^= 1 << UInt8(position % 8)
            let token = try TimestampToken(response: damaged)
            #expect(token.generatedAt == good.generatedAt)
            #expect(token.imprint == good.imprint)
        }
    }

    @Test("Hundreds of randomly damaged bundles are judged without a trap, and what stays authentic says the same")
    func mutations() throws {
        let good = try SigstoreBundle(parsing: made.messageBundle.bytes)
        var mutator = Mutator(seed: 2)
        var judged = 0
        for _ in 0..<1_500 {
            let bytes = mutator.mutate(made.messageBundle.bytes)
            guard let bundle = try? SigstoreBundle(parsing: bytes) else { continue }
            judged += 1
            let policy = VerificationPolicy()
            let report = verifier.verify(SignedEntity(bundle), of: .bytes(MadeMaterial.artifact), policy: policy)
            guard report.isAuthentic else { continue }
            #expect(bundle.keyMaterial == good.keyMaterial)
            guard case .messageSignature(_, _, let signature) = bundle.content,
                case .messageSignature(_, _, let original) = good.content
            else { continue }
            #expect(signature == original)
        }
        #expect(judged > 50)
    }
}
