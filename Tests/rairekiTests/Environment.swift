import Foundation

/// What the tests are told from outside.
enum Environment {
    /// Whether golden files are to be written rather than compared.
    static let isRewriting = ProcessInfo.processInfo.environment["RAIREKI_REWRITE"] != nil
}
