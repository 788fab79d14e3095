internal import Cryptography
internal import Foundation
internal import PolicyFile
internal import Verification

/// A policy document on disk.
enum PolicyDocument {
    /// Reads a document, and the key files that it names: relative paths begin at its folder.
    static func read(_ path: String) throws -> ImagePolicy {
        let bytes = try OutputFile.read(path, limit: PolicyFile.maximumBytes)
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
        do {
            return try PolicyFile.parse(bytes, name: path) { file in
                do {
                    return try TrustChoice.publicKey(URL(fileURLWithPath: file, relativeTo: folder).path)
                } catch {
                    throw UnusableKey(reason: ErrorMessages.message(for: error).0)
                }
            }
        } catch {
            throw CommandError.notAPolicy(path: path, error)
        }
    }

    /// Why a key file cannot be used, as a sentence.
    private struct UnusableKey: Error, CustomStringConvertible {
        let reason: String
        var description: String { reason }
    }
}
