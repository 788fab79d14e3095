internal import Cryptography
internal import Sigstore

/// Tells signers apart: signatures by the same name, or by the same key, are one signer's.
struct DistinctSigners {
    /// For each signature, the number of its signer.
    let numbers: [Int]

    init(_ signatures: [SignerFacts]) {
        var parents = Array(signatures.indices)
        func root(_ index: Int) -> Int {
            var index = index
            while parents[index] != index { index = parents[index] }
            return index
        }
        var owners: [[UInt8]: Int] = [:]
        for (index, facts) in signatures.enumerated() {
            for mark in Self.marks(facts) {
                if let owner = owners[mark] { parents[root(index)] = root(owner) } else { owners[mark] = index }
            }
        }
        numbers = signatures.indices.map { root($0) }
    }

    /// What only this signer's signatures share: compared as bytes.
    private static func marks(_ facts: SignerFacts) -> [[UInt8]] {
        var marks: [[UInt8]] = []
        if let key = facts.publicKey { marks.append([0] + key.subjectPublicKeyInfo) }
        if let certificate = facts.certificate, let name = certificate.name {
            marks.append([1] + Array(name.utf8) + [0] + Array((certificate.issuer ?? "").utf8))
        }
        switch facts.foreign {
        case .notary(let certificate?):
            marks.append([0] + certificate.publicKey.subjectPublicKeyInfo)
            marks.append([2] + certificate.fields.subject + certificate.fields.issuer)
        case .openPGP(let fingerprint?): marks.append([3] + Array(fingerprint.utf8))
        case .notary(nil), .openPGP(nil), nil: break
        }
        return marks
    }

    /// How many expectations can be met by as many different signers.
    ///
    /// - Parameter candidates: For each expectation the signers that meet it.
    /// - Returns: The size of the largest assignment.
    static func assignable(_ candidates: [Set<Int>]) -> Int {
        var taken: [Int: Int] = [:]
        func assign(_ expectation: Int, _ tried: inout Set<Int>) -> Bool {
            for signer in candidates[expectation].sorted() where tried.insert(signer).inserted {
                if let holder = taken[signer], !assign(holder, &tried) { continue }
                taken[signer] = expectation
                return true
            }
            return false
        }
        return candidates.indices.count { expectation in
            var tried: Set<Int> = []
            return assign(expectation, &tried)
        }
    }
}
