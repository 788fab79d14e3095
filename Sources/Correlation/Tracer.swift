package import CaseIndex
package import Cryptography

/// The stage behind `trace`: correlates what the case holds and stores what the rules conclude.
package struct Tracer {
    private let caseFile: CaseFile
    private let protected: [String]
    private let comparesImages: Bool

    /// A tracer on one case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - protected: The names of branches that are protected; the default branches when empty.
    ///   - comparesImages: Whether the rules apply that compare an image with the others of the case.
    package init(caseFile: CaseFile, protected: [String] = [], comparesImages: Bool = false) {
        self.caseFile = caseFile
        self.protected = protected
        self.comparesImages = comparesImages
    }

    /// Traces images and replaces their findings, all in one transaction.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - record: Called at the end of the transaction, to append the run to the custody log.
    /// - Returns: What was found, one trace an image.
    /// - Throws: ``CaseError``.
    package func run(images: [Digest], record: (CaseWriter, [Trace]) -> Void = { _, _ in }) throws -> [Trace] {
        let traces = try read(images: images)
        try caseFile.write { writer in
            let kept = comparesImages ? [] : Rules.needingContext
            for trace in traces {
                try writer.replaceFindings(about: trace.image, keeping: kept, with: trace.findings)
            }
            record(writer, traces)
        }
        return traces
    }

    /// Traces images and stores nothing.
    ///
    /// - Throws: ``CaseError``.
    package func read(images: [Digest]) throws -> [Trace] {
        try caseFile.read { reader in
            let context = comparesImages ? try CaseContext(caseFile, reader) : nil
            return try Trace.traces(of: images, in: reader, protected: protected, context: context)
        }
    }
}

extension Trace {
    /// Traces images as a transaction sees them.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - reader: The case.
    ///   - protected: The names of branches that are protected; the default branches when empty.
    ///   - context: What all images show together; without it rules that compare images say nothing.
    /// - Returns: One trace an image.
    /// - Throws: ``CaseError``.
    package static func traces(
        of images: [Digest],
        in reader: CaseReader,
        protected: [String] = [],
        context: CaseContext? = nil
    ) throws -> [Trace] {
        let histories = try RepositoryHistories(reader)
        return try images.map { try Trace(of: $0, in: reader, histories, protected: protected, context: context) }
    }
}
