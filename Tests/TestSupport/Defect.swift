internal import Sigstore

/// One thing that is wrong with an otherwise good signature, and the reasons for which it must be refused.
package struct Defect: Sendable, CustomStringConvertible {
    /// What is wrong.
    package let description: String
    /// The words of all obstacles that verification must name; beside them only what follows from them.
    package let reasons: Set<String>
    private let construction: @Sendable (inout VirtualSigstore) throws -> SignedCase

    init(
        _ description: String,
        _ reasons: FailureCode...,
        missing: MissingMaterial.Code...,
        make: @escaping @Sendable (inout VirtualSigstore) throws -> SignedCase
    ) {
        self.description = description
        self.reasons = Set(reasons.map(\.rawValue) + missing.map(\.rawValue))
        construction = make
    }

    /// The defective bundle with its trusted root and artifact.
    package func make(in sigstore: VirtualSigstore) throws -> SignedCase {
        var copy = sigstore
        return try construction(&copy)
    }

    /// The defective bundle of a new instance.
    package func make() throws -> SignedCase {
        try make(in: VirtualSigstore())
    }

    /// Every defect.
    package static let all =
        ofEntries + ofProofs + ofCertificates + ofNames + ofAuthorities + ofTimestamps + ofContent + ofPolicies
        + ofOperators + ofPaths + ofStatements

    /// A good case, changed.
    static func changed(
        _ sigstore: inout VirtualSigstore,
        _ change: (inout SignedCase) throws -> Void
    ) throws -> SignedCase {
        var result = try sigstore.signed()
        try change(&result)
        return result
    }

    /// A good case, changed with the help of what the instance knows.
    static func changed(
        _ sigstore: inout VirtualSigstore,
        _ change: (inout SignedCase, VirtualSigstore) throws -> Void
    ) throws -> SignedCase {
        var result = try sigstore.signed()
        try change(&result, sigstore)
        return result
    }
}
