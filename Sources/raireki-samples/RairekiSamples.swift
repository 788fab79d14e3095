internal import Glibc
internal import Signing

/// Makes the sample evidence: `raireki-samples DIRECTORY`.
///
/// Keys and times are fixed. ECDSA signatures are not: every run gives other signatures, so what lies in `samples/` was
/// made once and is kept.
@main
enum RairekiSamples {
    static func main() {
        guard CommandLine.arguments.count == 2, let directory = CommandLine.arguments.last else {
            stop("usage: raireki-samples DIRECTORY", status: 64)
        }
        do {
            try write(to: directory)
        } catch {
            stop("error: \(error)", status: 2)
        }
    }

    private static func stop(_ message: String, status: Int32) -> Never {
        let line = Array((message + "\n").utf8)
        _ = Glibc.write(STDERR_FILENO, line, line.count)
        exit(status)
    }

    /// Writes every sample below `directory`, and the authority's trusted root beside it.
    private static func write(to directory: String) throws {
        var story = try PaymentsStory()
        for sample in try story.samples() {
            let path = "\(directory)/\(sample.name)" + (sample.isArchive ? ".tar" : "")
            // Signatures differ from run to run: those of an earlier one would stay beside the new.
            guard access(path, F_OK) != 0 else { stop("error: there is evidence already: \(path)", status: 2) }
            if sample.isArchive {
                try LayoutWriter.write(sample.layout.archive, to: path)
            } else {
                try LayoutWriter.write(sample.layout, to: path)
            }
        }
        try LayoutWriter.write(story.authority.trustedRoot, to: "\(directory)/../trusted_root.json")
    }
}
