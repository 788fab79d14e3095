import ArgumentParser
internal import Cryptography
internal import Foundation
internal import Glibc
internal import Signing

/// Where a password comes from: a file, the environment, or whoever sits at the terminal.
struct PasswordSource {
    /// What it opens, for the question.
    let purpose: String
    /// The file that an option names.
    let file: String?
    /// The environment's variable.
    let variable: String

    /// The password; the first line of the file, the variable as it is, or what is typed unseen.
    func read(_ session: Session, isNew: Bool = false) throws -> [UInt8] {
        if let file {
            let bytes = try OutputFile.read(file, limit: 64 << 10)
            return Array(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
        }
        if let stated = session.environment[variable] { return Array(stated.utf8) }
        guard let typed = Self.ask("Password for \(purpose): ") else {
            throw SigningCommandError.noPassword(purpose: purpose, variable: variable)
        }
        if isNew {
            guard let again = Self.ask("The same again: "), again == typed
            else { throw SigningCommandError.passwordsDiffer }
        }
        return typed
    }

    /// Asks at the controlling terminal, which does not show what is typed; nil without one.
    private static func ask(_ question: String) -> [UInt8]? {
        let terminal = open("/dev/tty", O_RDWR | O_CLOEXEC)
        guard terminal >= 0 else { return nil }
        defer { close(terminal) }
        var before = termios()
        guard tcgetattr(terminal, &before) == 0 else { return nil }
        var silent = before
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(terminal, TCSAFLUSH, &silent)
        defer {
            tcsetattr(terminal, TCSAFLUSH, &before)
            put("\n", terminal)
        }
        put(question, terminal)
        var password: [UInt8] = []
        var byte: UInt8 = 0
        while password.count < 4096, Glibc.read(terminal, &byte, 1) == 1, byte != 0x0A { password.append(byte) }
        return password
    }

    private static func put(_ text: String, _ terminal: Int32) {
        _ = Glibc.write(terminal, text, text.utf8.count)
    }
}

/// What keeps the commands that sign from their work.
enum SigningCommandError: Error, Equatable {
    /// A password is needed, and nobody gives one.
    case noPassword(purpose: String, variable: String)
    /// The two passwords that were typed differ.
    case passwordsDiffer
    /// A file of that name is there already.
    case alreadyThere(path: String)
    /// Why a key file cannot be used.
    case notAKey(path: String, reason: String)
    /// Nobody signs.
    case noSigner
    /// No identity token is given.
    case noToken
    /// The keys of the token's issuer are not given.
    case noIssuerKeys
    /// A file is not a predicate of its type.
    case notAPredicate(path: String, type: String, PredicateFileError)
    /// The case holds no verdict on an image by an expectation.
    case notVerified(Digest)
    /// The case's verdicts were made by a policy document.
    case verifiedByPolicy
    /// Nothing tells what was verified.
    case noResource(Digest)
    /// The password does not open a file.
    case wrongPassword(path: String)
}
