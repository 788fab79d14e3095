package import Cryptography

/// Private keys as they lie in files.
package enum KeyFile {
    /// How cosign names its sealed keys now.
    package static let label = "ENCRYPTED SIGSTORE PRIVATE KEY"
    /// How cosign named them before.
    private static let earlierLabel = "ENCRYPTED COSIGN PRIVATE KEY"

    /// Whether a password is needed to read a key.
    package static func needsPassword(_ text: String) -> Bool {
        guard let block = try? block(text) else { return false }
        return block.label.utf8.starts(with: "ENCRYPTED ".utf8)
    }

    /// Reads a key: cosign's sealed form, PKCS#8 with or without a password, SEC 1 or PKCS#1.
    ///
    /// - Parameters:
    ///   - text: The PEM text.
    ///   - password: What opens it; not looked at when nothing is sealed.
    /// - Returns: The key.
    /// - Throws: ``KeyFileError``.
    package static func read(_ text: String, password: [UInt8]) throws(KeyFileError) -> SigningKey {
        let block = try block(text)
        if [label, earlierLabel].contains(where: block.label.hasSameBytes) {
            return try key(try SealedSecret.open(block.content, password: password))
        }
        if block.label.hasSameBytes(as: "ENCRYPTED PRIVATE KEY") {
            do throws(CryptographyError) {
                if let key = try SigningKey.decrypting(pkcs8: block.content, password: password) { return key }
            } catch {
                throw .cryptography(error)
            }
            throw .wrongPassword
        }
        do throws(CryptographyError) {
            return try SigningKey(block: block)
        } catch {
            throw .cryptography(error)
        }
    }

    /// A key in cosign's sealed form, which cosign reads.
    ///
    /// - Throws: ``CryptographyError``.
    package static func seal(_ key: SigningKey, password: [UInt8]) throws(CryptographyError) -> String {
        PEMBlock(label: label, content: try SealedSecret.seal(try key.privateKeyInfo(), password: password)).text
    }

    private static func key(_ der: [UInt8]) throws(KeyFileError) -> SigningKey {
        do throws(CryptographyError) {
            return try SigningKey(pkcs8: der)
        } catch {
            throw .cryptography(error)
        }
    }

    /// The one block that can be a private key.
    private static func block(_ text: String) throws(KeyFileError) -> PEMBlock {
        guard let blocks = try? PEMBlock.parse(text) else { throw .malformed("not PEM") }
        // `openssl ecparam -genkey` writes the curve first.
        let keys = blocks.filter { !$0.label.hasSameBytes(as: "EC PARAMETERS") }
        guard let block = keys.first, keys.count == 1 else { throw .malformed("\(keys.count) PEM blocks") }
        if ["PUBLIC KEY", "CERTIFICATE"].contains(where: block.label.hasSameBytes) { throw .notPrivate(block.label) }
        return block
    }
}
