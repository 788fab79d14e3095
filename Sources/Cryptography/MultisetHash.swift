internal import COpenSSL

/// A digest of a collection to which members are added and taken away one by one, in any order.
///
/// This is LtHash with 1,024 lanes of 16 bits (Bellare and Micciancio 1997; Lewi, Kim, Maykov and Weis 2019, "Securing
/// Update Propagation with Homomorphic Hashing"): every member is expanded to 2,048 bytes, and the lanes are added
/// without carry from one to the next. To find other members with the same sum is a lattice problem that the second
/// paper puts above 2^200 operations. A member is expanded by ChaCha20 (RFC 8439) under its SHA-256 as key, with nonce
/// and counter zero.
package struct MultisetHash: Hashable, Sendable {
    /// How many bytes the sum has.
    package static let byteCount = 2048
    private static let wordCount = byteCount / 8
    /// The highest bit of each of the four lanes of a word.
    private static let high: UInt64 = 0x8000_8000_8000_8000

    private var words: [UInt64]

    /// Of no members.
    package init() {
        words = Array(repeating: 0, count: Self.wordCount)
    }

    /// A sum as ``bytes`` gives it; nil for another length.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        words = (0..<Self.wordCount).map { word in
            (0..<8).reversed().reduce(0) { $0 << 8 | UInt64(bytes[word * 8 + $1]) }
        }
    }

    /// The sum, lane after lane, least significant byte first.
    package var bytes: [UInt8] {
        words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * UInt64($0))) } }
    }

    /// SHA-256 of the sum: what people compare.
    package var digest: Digest {
        Digest(hashing: bytes)
    }

    /// Adds a member that ``MultisetHasher`` expanded.
    package mutating func add(_ member: borrowing MultisetHasher) {
        combine(member) { (($0 & ~Self.high) &+ ($1 & ~Self.high)) ^ (($0 ^ $1) & Self.high) }
    }

    /// Takes a member away.
    package mutating func remove(_ member: borrowing MultisetHasher) {
        combine(member) { (($0 | Self.high) &- ($1 & ~Self.high)) ^ (($0 ^ ~$1) & Self.high) }
    }

    @inline(__always)
    private mutating func combine(_ member: borrowing MultisetHasher, _ body: (UInt64, UInt64) -> UInt64) {
        words.withUnsafeMutableBufferPointer { sum in
            for index in 0..<Self.wordCount { sum[index] = body(sum[index], UInt64(littleEndian: member.words[index])) }
        }
    }
}

/// Expands the members of a ``MultisetHash``, one at a time.
package struct MultisetHasher: ~Copyable {
    private let cipher: OpaquePointer
    private var digest: DigestHasher
    private let zeros = [UInt8](repeating: 0, count: MultisetHash.byteCount)
    /// The member that was expanded last.
    fileprivate let words: UnsafeMutablePointer<UInt64>

    /// Makes a hasher.
    ///
    /// - Throws: ``CryptographyError`` when OpenSSL lacks an algorithm or memory.
    package init() throws(CryptographyError) {
        let cipher = try Self.makeCipher()
        do {
            digest = try DigestHasher(.sha256)
        } catch {
            EVP_CIPHER_CTX_free(cipher)
            throw error
        }
        self.cipher = cipher
        words = .allocate(capacity: MultisetHash.byteCount / 8)
        words.initialize(repeating: 0, count: MultisetHash.byteCount / 8)
    }

    private static func makeCipher() throws(CryptographyError) -> OpaquePointer {
        guard let cipher = EVP_CIPHER_CTX_new() else { throw .last("EVP_CIPHER_CTX_new") }
        guard EVP_EncryptInit_ex(cipher, EVP_chacha20(), nil, nil, nil) == 1 else {
            EVP_CIPHER_CTX_free(cipher)
            throw .last("EVP_EncryptInit_ex")
        }
        return cipher
    }

    deinit {
        EVP_CIPHER_CTX_free(cipher)
        words.deallocate()
    }

    /// Expands a member; answers its SHA-256.
    ///
    /// - Throws: ``CryptographyError``.
    @discardableResult
    package mutating func expand(_ member: [UInt8]) throws(CryptographyError) -> Digest {
        digest.update(member)
        let key = digest.finish()
        let nonce = [UInt8](repeating: 0, count: 16)
        guard EVP_EncryptInit_ex(cipher, nil, nil, key.bytes, nonce) == 1 else { throw .last("EVP_EncryptInit_ex") }
        var length: Int32 = 0
        let isExpanded = UnsafeMutableRawPointer(words).withMemoryRebound(to: UInt8.self, capacity: zeros.count) {
            EVP_EncryptUpdate(cipher, $0, &length, zeros, Int32(zeros.count)) == 1
        }
        guard isExpanded, length == Int32(zeros.count) else { throw .last("EVP_EncryptUpdate") }
        return key
    }
}
