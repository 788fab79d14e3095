package import CaseIndex
package import Cryptography

/// The stage behind `check claims`: every rule for any number of images, of which none is kept longer than needed.
package struct ClaimCheck {
    private let caseFile: CaseFile
    private let protected: [String]

    /// A check of one case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - protected: The names of branches that are protected; the default branches when empty.
    package init(caseFile: CaseFile, protected: [String] = []) {
        self.caseFile = caseFile
        self.protected = protected
    }

    /// Applies every rule, those that compare images with each other too, and stores what they find.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - progress: Told after each image how many are checked.
    ///   - record: Called at the end of the transaction that stores the findings, to append the run to the custody log.
    /// - Returns: The images in the same order.
    /// - Throws: ``CaseError``.
    package func run(
        images: [Digest],
        progress: (Int) -> Void = { _ in },
        record: (CaseWriter, [CheckedImage]) -> Void = { _, _ in }
    ) throws -> [CheckedImage] {
        var checked: [CheckedImage] = []
        try caseFile.read { reader in
            let context = try CaseContext(caseFile, reader)
            try caseFile.forEach(
                of: images,
                in: reader,
                begin: { ($0, try RepositoryHistories($0)) },
                work: { [protected] image, sources in
                    let (reader, histories) = sources
                    let trace = try Trace(
                        of: image,
                        in: reader,
                        histories,
                        protected: protected,
                        context: context,
                        depth: .findings
                    )
                    return CheckedImage(trace)
                },
                deliver: {
                    checked.append($0)
                    progress(checked.count)
                }
            )
        }
        try caseFile.write { writer in
            for image in checked { try writer.replaceFindings(about: image.digest, with: image.findings) }
            record(writer, checked)
        }
        return checked
    }
}

/// What the rules found of one image.
package struct CheckedImage: Sendable {
    /// The image.
    package let digest: Digest
    /// The names that evidence gives it.
    package let names: [String]
    /// What it comes to in one word.
    package let standing: Standing
    /// How many signatures and attestations were looked at, and how many of them have no verdict.
    package let signatures, unverified: Int
    /// What the rules found, by severity.
    package let findings: [FindingRecord]

    /// What a trace found.
    package init(_ trace: Trace) {
        digest = trace.image
        names = trace.entry.names
        standing = trace.standing
        signatures = trace.signatures.count
        unverified = trace.signatures.count { $0.verdict == nil }
        findings = trace.findings
    }
}
