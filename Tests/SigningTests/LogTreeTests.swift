import Cryptography
import Signing
import Testing

/// The tree's roots and proofs, against the vectors of the reference implementation of RFC 6962.
struct LogTreeTests {
    static let leaves: [String] = [
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    ]
    static let roots: [String] = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]

    @Test func growsThroughTheKnownRoots() throws {
        var tree = LogTree()
        #expect(tree.root == Digest(hashing: []).bytes)
        for (leaf, root) in zip(Self.leaves, Self.roots) {
            tree.append(try #require(Hexadecimal.decode(leaf)))
            #expect(Hexadecimal.encode(tree.root) == root)
        }
    }

    /// RFC 9162 §2.1.3.1 gives this proof for the fourth of seven leaves.
    @Test func provesTheFourthOfSevenLeaves() throws {
        var tree = LogTree()
        for leaf in Self.leaves.prefix(7) { tree.append(try #require(Hexadecimal.decode(leaf))) }
        func node(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] { Digest(hashing: [1] + left + right).bytes }
        let leaves = tree.leaves
        let expected = [
            leaves[2], node(leaves[0], leaves[1]), node(node(leaves[4], leaves[5]), leaves[6]),
        ]
        #expect(tree.inclusionProof(of: 3) == expected)
    }

    @Test func aSingleLeafNeedsNoProof() {
        var tree = LogTree()
        tree.append([1])
        #expect(tree.inclusionProof(of: 0) == [])
        #expect(tree.root == Digest(hashing: [0, 1]).bytes)
    }
}
