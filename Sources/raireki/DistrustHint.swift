internal import CaseIndex

extension CaseReader {
    /// Says that something in the case is distrusted: what was recorded is shown as it was recorded all the same.
    func tellOfDistrust(_ session: Session) throws {
        let count = try distrusts().count
        guard count > 0 else { return }
        session.say(
            "note: \(counted(count, "distrust")) noted in this case; verdicts and claims stay as they were recorded"
        )
        session.say("hint: raireki blast shows what is affected, raireki distrust list what is distrusted")
    }
}
