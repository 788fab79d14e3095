package import CaseIndex
package import Cryptography

/// The stage behind `trace`: correlates what the case holds and stores what the rules conclude.
package struct Tracer {
    private let caseFile: CaseFile
    private let protected: [String]

    /// A tracer on one case.
    ///
    /// - Parameters:
    ///   - caseFile: The case.
    ///   - protected: The names of branches that are protected; the default branches when empty.
    package init(caseFile: CaseFile, protected: [String] = []) {
        self.caseFile = caseFile
        self.protected = protected
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
            for trace in traces { try writer.replaceFindings(about: trace.image, with: trace.findings) }
            record(writer, traces)
        }
        return traces
    }

    /// Traces images and stores nothing.
    ///
    /// - Throws: ``CaseError``.
    package func read(images: [Digest]) throws -> [Trace] {
        try caseFile.read { try Trace.traces(of: images, in: $0, protected: protected) }
    }
}

extension Trace {
    /// Traces images as a transaction sees them.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - reader: The case.
    ///   - protected: The names of branches that are protected; the default branches when empty.
    /// - Returns: One trace an image.
    /// - Throws: ``CaseError``.
    package static func traces(
        of images: [Digest],
        in reader: CaseReader,
        protected: [String] = []
    ) throws -> [Trace] {
        let histories = try RepositoryHistories(reader)
        return try images.map { try Trace(of: $0, in: reader, histories, protected: protected) }
    }
}
