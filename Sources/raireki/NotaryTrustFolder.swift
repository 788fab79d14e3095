internal import Cryptography
internal import Foundation
internal import Glibc
internal import Notary

/// A trust store of the Notary Project on disk ("Trust Store").
enum NotaryTrustFolder {
    /// No certificate file is larger, in bytes.
    private static let fileLimit = 4 << 20
    private static let suffixes = [".pem", ".crt", ".cer"]

    /// Reads a PEM or DER file of authorities, a folder of such files, or a folder of named stores by their kinds.
    ///
    /// - Throws: ``CommandError``; a store without any certificate is one too.
    static func read(_ path: String) throws -> NotaryTrustStore {
        var status = stat()
        guard stat(path, &status) == 0 else {
            throw CommandError.cannotRead(path: path, reason: OutputFile.systemReason(errno))
        }
        guard status.st_mode & S_IFMT == S_IFDIR else { return NotaryTrustStore(authorities: try certificates(path)) }
        let below = kind(of: "\(path)/x509") == S_IFDIR ? "\(path)/x509" : path
        var store = NotaryTrustStore(
            authorities: try stores(below, "ca"),
            signingAuthorities: try stores(below, "signingAuthority"),
            timestampAuthorities: try stores(below, "tsa")
        )
        if store == NotaryTrustStore() { store.authorities = try files(in: below) }
        guard store != NotaryTrustStore() else {
            throw CommandError.notCertificates(path: path, reason: "no .pem, .crt or .cer file in it")
        }
        return store
    }

    /// The certificates of every named store of a kind; folders inside those are not looked into.
    private static func stores(_ root: String, _ name: String) throws -> [Certificate] {
        let folder = "\(root)/\(name)"
        guard kind(of: folder) == S_IFDIR else { return [] }
        let named = try entries(folder).filter { kind(of: "\(folder)/\($0)") == S_IFDIR }
        return try files(in: folder) + named.flatMap { try files(in: "\(folder)/\($0)") }
    }

    private static func files(in folder: String) throws -> [Certificate] {
        try entries(folder).filter { name in suffixes.contains { name.hasSuffix($0) } }.flatMap { name in
            // "Symlinks are not supported for the named store directories or certificate files."
            guard kind(of: "\(folder)/\(name)") == S_IFREG else {
                throw CommandError.notCertificates(path: "\(folder)/\(name)", reason: "not a file")
            }
            return try certificates("\(folder)/\(name)")
        }
    }

    private static func entries(_ folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        } catch {
            throw CommandError.cannotRead(path: folder, reason: "not a folder that can be read")
        }
    }

    /// What lies at a path, without following links; 0 for nothing.
    private static func kind(of path: String) -> mode_t {
        var status = stat()
        return lstat(path, &status) == 0 ? status.st_mode & S_IFMT : 0
    }

    private static func certificates(_ path: String) throws -> [Certificate] {
        let bytes = try OutputFile.read(path, limit: fileLimit)
        do {
            // DER is a SEQUENCE.
            guard bytes.first != 0x30 else { return [try Certificate(der: bytes)] }
            let certificates = try Certificate.parse(pem: String(decoding: bytes, as: UTF8.self))
            guard !certificates.isEmpty else { throw CryptographyError.malformed(object: "PEM certificate") }
            return certificates
        } catch {
            throw CommandError.notCertificates(path: path, reason: "\(error)")
        }
    }
}
