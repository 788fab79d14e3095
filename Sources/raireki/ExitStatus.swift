/// What a run of the command line says by its exit status; 64 is the argument parser's.
enum ExitStatus: Int32 {
    /// Nothing is wrong.
    case success = 0
    /// Evidence is incomplete, a check failed, or there is a finding.
    case finding = 1
    /// The work could not be done.
    case failure = 2

    /// In words.
    var meaning: String {
        switch self {
        case .success: "nothing wrong"
        case .finding: "evidence is incomplete, a check failed, or there is a finding"
        case .failure: "the work could not be done"
        }
    }
}
