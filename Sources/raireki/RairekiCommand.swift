import ArgumentParser

/// A command: parsed arguments, and the work they ask for.
protocol RairekiCommand: ParsableCommand {
    /// How it talks.
    var talk: MannerOptions { get }

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
        session.perform(in: talk.manner, work)
    }
}

extension Session {
    /// Does some work and turns an error into its sentence.
    func perform(in manner: Manner, _ work: (Session) throws -> ExitStatus) -> ExitStatus {
        self.manner = manner
        detail("raireki \(Raireki.version)")
        let status: ExitStatus
        do {
            status = try work(self)
        } catch {
            say(error)
            status = .failure
        }
        detail("exit status \(status.rawValue): \(status.meaning)")
        return status
    }
}
