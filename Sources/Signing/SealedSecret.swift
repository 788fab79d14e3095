package import Cryptography
internal import StrictJSON

/// Bytes sealed with a password, in the JSON form of cosign's private keys: scrypt makes a key of the password, NaCl's
/// secret box encrypts.
package enum SealedSecret {
    /// What is spent on guessing a password once: 64 MiB of memory, as cosign does.
    private static let cost = Scrypt.Cost(iterations: 65_536, blockSize: 8, parallelism: 1)
    /// The numbers of iterations that cosign ever wrote; others would let a file decide what opening it costs.
    private static let knownIterations: Set<Int64> = [32_768, 65_536, 131_072]
    private static let saltByteCount = 32

    /// Seals bytes under a new salt and nonce.
    ///
    /// - Throws: ``CryptographyError``.
    package static func seal(_ secret: [UInt8], password: [UInt8]) throws(CryptographyError) -> [UInt8] {
        let salt = try RandomBytes.make(saltByteCount)
        let nonce = try RandomBytes.make(SecretBox.nonceByteCount)
        let key = try Scrypt.key(password: password, salt: salt, cost: cost, byteCount: SecretBox.keyByteCount)
        let document: JSONValue = [
            "kdf": [
                "name": "scrypt",
                "params": [
                    "N": JSONValue(Int64(cost.iterations)), "r": JSONValue(Int64(cost.blockSize)),
                    "p": JSONValue(Int64(cost.parallelism)),
                ],
                "salt": JSONValue(Base64.encode(salt)),
            ],
            "cipher": ["name": "nacl/secretbox", "nonce": JSONValue(Base64.encode(nonce))],
            "ciphertext": JSONValue(Base64.encode(try SecretBox.seal(secret, key: key, nonce: nonce))),
        ]
        return GoJSON.encode(document)
    }

    /// Opens sealed bytes.
    ///
    /// - Throws: ``KeyFileError``; ``KeyFileError/wrongPassword`` also when they were changed.
    package static func open(_ sealed: [UInt8], password: [UInt8]) throws(KeyFileError) -> [UInt8] {
        guard let document = try? JSONValue(parsing: sealed, limits: JSONLimits(bytes: 1 << 20, depth: 8, values: 64))
        else { throw .malformed("not JSON") }
        guard let kdf = document["kdf"], let cipher = document["cipher"] else { throw .malformed("no kdf or cipher") }
        guard kdf["name"]?.string == "scrypt" else { throw .unsupported("key derivation", kdf["name"]?.string) }
        guard cipher["name"]?.string == "nacl/secretbox" else { throw .unsupported("cipher", cipher["name"]?.string) }
        guard let iterations = kdf["params"]?["N"]?.int64, let blockSize = kdf["params"]?["r"]?.int64,
            let parallelism = kdf["params"]?["p"]?.int64
        else { throw .malformed("no parameters of scrypt") }
        guard knownIterations.contains(iterations), blockSize == 8, parallelism == 1 else {
            throw .unsupported("cost of scrypt", "N=\(iterations), r=\(blockSize), p=\(parallelism)")
        }
        guard let salt = kdf["salt"]?.string.flatMap({ Base64.decode($0) }),
            let nonce = cipher["nonce"]?.string.flatMap({ Base64.decode($0) }),
            nonce.count == SecretBox.nonceByteCount,
            let box = document["ciphertext"]?.string.flatMap({ Base64.decode($0) })
        else { throw .malformed("salt, nonce or ciphertext") }
        let opened: [UInt8]?
        do throws(CryptographyError) {
            let spent = Scrypt.Cost(iterations: UInt64(iterations), blockSize: 8, parallelism: 1)
            let key = try Scrypt.key(password: password, salt: salt, cost: spent, byteCount: SecretBox.keyByteCount)
            opened = try SecretBox.open(box, key: key, nonce: nonce)
        } catch {
            throw .cryptography(error)
        }
        guard let opened else { throw .wrongPassword }
        return opened
    }
}

/// Why a private key cannot be read.
package enum KeyFileError: Error, Equatable {
    /// Not a key in any form that is known.
    case malformed(String)
    /// A form that is known, with a part that is not.
    case unsupported(String, String?)
    /// The password does not open it, or somebody changed it.
    case wrongPassword
    /// OpenSSL or libsodium refused.
    case cryptography(CryptographyError)
    /// A certificate or a public key: nothing that signs.
    case notPrivate(String)
}
