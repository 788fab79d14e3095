import ArgumentParser

/// A command: parsed arguments, and the work they ask for.
protocol RairekiCommand: ParsableCommand {
    /// Does the work; what it prints goes through the session.
    func work(_ session: Session) throws -> ExitStatus
}

extension RairekiCommand {
    func run() throws {
        let status = perform(.process())
        guard status == .success else { throw ExitCode(status.rawValue) }
    }

    /// Does the work and turns an error into its sentence.
    func perform(_ session: Session) -> ExitStatus {
        do {
            return try work(session)
        } catch {
            for line in ErrorMessages.lines(for: error) { session.say(line) }
            return .failure
        }
    }
}
