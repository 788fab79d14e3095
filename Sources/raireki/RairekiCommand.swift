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
        session.perform(work)
    }
}

extension Session {
    /// Does some work and turns an error into its sentence.
    func perform(_ work: (Session) throws -> ExitStatus) -> ExitStatus {
        do {
            return try work(self)
        } catch {
            for line in ErrorMessages.lines(for: error) { say(line) }
            return .failure
        }
    }
}
