internal import Cryptography
internal import Glibc
internal import Signing

/// Private keys that options name.
enum KeyFiles {
    /// Reads a key, and asks for its password when it is sealed.
    static func read(_ path: String, passwordFile: String?, _ session: Session) throws -> SigningKey {
        session.detail("reading the private key \(path)")
        let text = String(decoding: try OutputFile.read(path, limit: 1 << 20), as: UTF8.self)
        let source = PasswordSource(
            purpose: "the private key \(ErrorMessages.shown(path))",
            file: passwordFile,
            variable: "COSIGN_PASSWORD"
        )
        let password = KeyFile.needsPassword(text) ? try source.read(session) : []
        do {
            return try KeyFile.read(text, password: password)
        } catch KeyFileError.wrongPassword {
            throw SigningCommandError.wrongPassword(path: path)
        } catch {
            throw SigningCommandError.notAKey(path: path, reason: reason(error))
        }
    }

    private static func reason(_ error: KeyFileError) -> String {
        switch error {
        case .malformed(let what): what
        case .unsupported(let what, let value): "unknown \(what): \(value ?? "none")"
        case .wrongPassword: "the password does not fit"
        case .cryptography(.unsupported(let what)), .cryptography(.weakKey(let what)): what
        case .cryptography(.openSSL(_, let reason)): reason
        case .cryptography(let other): "\(other)"
        case .notPrivate(let label): "it holds a \(label.lowercased()), which cannot sign"
        }
    }

    /// Writes a private key for its owner's eyes alone; what is there is replaced only when asked.
    static func write(_ text: String, to path: String, mode: UInt32, replacing: Bool) throws {
        let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (replacing ? 0 : O_EXCL)
        let temporary = replacing ? "\(path).\(getpid()).tmp" : path
        let file = open(temporary, flags | O_EXCL, mode)
        guard file >= 0 else {
            if errno == EEXIST { throw SigningCommandError.alreadyThere(path: path) }
            throw CommandError.cannotWrite(path: path, reason: OutputFile.systemReason(errno))
        }
        fchmod(file, mode)
        let bytes = Array(text.utf8)
        let isWritten = Glibc.write(file, bytes, bytes.count) == bytes.count && fsync(file) == 0
        let code = errno
        close(file)
        guard isWritten, !replacing || rename(temporary, path) == 0 else {
            unlink(temporary)
            throw CommandError.cannotWrite(path: path, reason: OutputFile.systemReason(isWritten ? errno : code))
        }
    }
}
