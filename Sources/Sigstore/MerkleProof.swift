internal import Cryptography

/// Hashing of RFC 6962 trees (§2.1).
public enum MerkleTree {
    /// The hash of a leaf.
    public static func leafHash(_ leaf: [UInt8]) -> [UInt8] {
        Digest(hashing: [0x00] + leaf).bytes
    }

    /// The hash of a node above two others.
    public static func nodeHash(_ left: [UInt8], _ right: [UInt8]) -> [UInt8] {
        Digest(hashing: [0x01] + left + right).bytes
    }

    /// The root to which an inclusion proof leads (RFC 6962 §2.1.1); nil when index, size and number of hashes cannot
    /// belong together.
    public static func root(leafHash: [UInt8], index: Int64, treeSize: Int64, hashes: [[UInt8]]) -> [UInt8]? {
        guard index >= 0, index < treeSize, leafHash.count == 32, hashes.allSatisfy({ $0.count == 32 })
        else { return nil }
        let index = UInt64(index)
        let inner = 64 - (index ^ (UInt64(treeSize) - 1)).leadingZeroBitCount
        let border = inner == 64 ? 0 : (index >> UInt64(inner)).nonzeroBitCount
        guard hashes.count == inner + border else { return nil }
        var hash = leafHash
        for (level, sibling) in hashes.enumerated() {
            let isRightChild = level >= inner || index >> UInt64(level) & 1 == 1
            hash = isRightChild ? nodeHash(sibling, hash) : nodeHash(hash, sibling)
        }
        return hash
    }
}
