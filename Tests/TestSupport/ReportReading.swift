package import Sigstore

extension VerificationReport {
    /// Every check that stands in the way, as `check=reason` where it failed and `check~reason` where it could not be
    /// made, in the order of checking.
    package var obstacles: [String] {
        cryptographicChecks.compactMap { check in
            switch check.outcome {
            case .failed(let reason): "\(check.name)=\(reason.code.rawValue)"
            case .notPerformed(let missing): "\(check.name)~\(missing.code.rawValue)"
            case .passed, .notApplicable: nil
            }
        }
    }
}
