import Cryptography
import Sigstore
import StrictJSON
import TestSupport
import Testing

@Suite("Inclusion proofs lead to one root")
struct MerkleProofTests {
    /// The root of RFC 6962 §2.1, straight from its definition.
    private static func root(_ leaves: ArraySlice<[UInt8]>) -> [UInt8] {
        guard leaves.count > 1 else { return MerkleTree.leafHash(leaves[leaves.startIndex]) }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let middle = leaves.startIndex + half
        return MerkleTree.nodeHash(root(leaves[..<middle]), root(leaves[middle...]))
    }

    /// The audit path of RFC 6962 §2.1.1, straight from its definition.
    private static func path(_ index: Int, _ leaves: ArraySlice<[UInt8]>) -> [[UInt8]] {
        guard leaves.count > 1 else { return [] }
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        let middle = leaves.startIndex + half
        return index < half
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - half, leaves[middle...]) + [root(leaves[..<middle])]
    }

    @Test("Every leaf of every tree up to thirty-three leaves is proven, at its own index and size alone")
    func everyTree() {
        let leaves = (0..<33).map { [UInt8($0)] }
        for size in 1...33 {
            let tree = leaves[..<size]
            let root = Self.root(tree)
            for index in 0..<size {
                let path = Self.path(index, tree)
                let leaf = MerkleTree.leafHash(leaves[index])
                func proven(_ index: Int, _ size: Int, _ path: [[UInt8]]) -> Bool {
                    let found = MerkleTree.root(
                        leafHash: leaf,
                        index: Int64(index),
                        treeSize: Int64(size),
                        hashes: path
                    )
                    return found == root
                }
                #expect(proven(index, size, path))
                #expect(!proven(index + 1, size, path))
                #expect(!proven(index - 1, size, path))
                #expect(!proven(index, size, path + [root]))
                #expect(path.isEmpty || !proven(index, size, Array(path.dropLast())))
                #expect(path.count < 2 || !proven(index, size, path.reversed()))
            }
        }
    }

    @Test(
        "Index, size and hashes that cannot belong together give no root",
        arguments: [
            (0, 0, 0), (-1, 1, 0), (1, 1, 0), (0, -1, 0), (Int64.max, Int64.max, 0), (Int64.min, Int64.max, 64),
            (0, 1, 1), (0, 2, 0), (0, Int64.max, 62), (0, Int64.max, 64), (Int64.max - 1, Int64.max, 1),
        ] as [(Int64, Int64, Int)]
    )
    func impossible(index: Int64, size: Int64, count: Int) {
        let hashes = [[UInt8]](repeating: [UInt8](repeating: 0, count: 32), count: count)
        let leaf = MerkleTree.leafHash([])
        #expect(MerkleTree.root(leafHash: leaf, index: index, treeSize: size, hashes: hashes) == nil)
    }

    @Test("The largest tree is computed")
    func largest() {
        let leaf = MerkleTree.leafHash([])
        let hashes = [[UInt8]](repeating: leaf, count: 63)
        #expect(MerkleTree.root(leafHash: leaf, index: 0, treeSize: .max, hashes: hashes)?.count == 32)
        let last = Int64.max - 1
        let ones = last.nonzeroBitCount
        let border = [[UInt8]](repeating: leaf, count: ones)
        #expect(MerkleTree.root(leafHash: leaf, index: last, treeSize: .max, hashes: border)?.count == 32)
    }

    @Test("Hashes of another length than 32 bytes give no root")
    func lengths() {
        let leaf = MerkleTree.leafHash([])
        #expect(MerkleTree.root(leafHash: leaf, index: 0, treeSize: 2, hashes: [[]]) == nil)
        #expect(MerkleTree.root(leafHash: leaf, index: 0, treeSize: 2, hashes: [leaf + [0]]) == nil)
        #expect(MerkleTree.root(leafHash: [], index: 0, treeSize: 1, hashes: []) == nil)
        #expect(MerkleTree.root(leafHash: leaf, index: 0, treeSize: 1, hashes: []) == leaf)
    }

    @Test("RFC 6962's hashes of an empty leaf and of a node")
    func prefixes() {
        #expect(
            Hexadecimal.encode(MerkleTree.leafHash([]))
                == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        )
        let leaf = MerkleTree.leafHash([])
        #expect(MerkleTree.nodeHash(leaf, leaf) == Digest(hashing: [1] + leaf + leaf).bytes)
    }

    @Test("Every vector comes out as it says", .enabled(if: SharedData.isPresent, "../shared/data is absent"))
    func vectors() throws {
        let lines = try SharedData.bytes("bundles/merkle/verify_inclusion.jsonl").split(separator: 0x0A)
        var accepted = 0
        for line in lines {
            let vector = try JSONValue(parsing: Array(line))
            let name = try #require(vector["desc"]?.string)
            func bytes(_ value: JSONValue?) throws -> [UInt8] {
                let text = try #require(value?.string)
                return try #require(Base64.decode(text))
            }
            let isExpected = (vector["expected_error"]?.string ?? "").isEmpty
            // An index or a size beyond 63 bits is refused when a bundle is read, before any tree is looked at.
            guard let index = vector["index"]?.int64, let size = vector["size"]?.int64 else {
                #expect(!isExpected, "\(name)")
                continue
            }
            let found = MerkleTree.root(
                leafHash: try bytes(vector["leaf_hash"]),
                index: index,
                treeSize: size,
                hashes: try #require(vector["proof"]?.array ?? (vector["proof"]?.isNull == true ? [] : nil)).map(bytes)
            )
            let isProven = found == (try bytes(vector["root"]))
            #expect(isProven == isExpected, "\(name)")
            if isProven { accepted += 1 }
        }
        #expect(lines.count == 94)
        #expect(accepted > 0)
    }
}
