import CaseIndex
import StrictJSON
import TestSupport
import Testing

@testable import raireki

/// A generated case that was imported, verified and checked by the commands that do so.
struct CheckedCase {
    /// What `check claims --all` said.
    let check: CommandRun
    /// What the rules found.
    let findings: [Finding]
    /// The case file.
    let path: String
    /// Where everything lies; it goes with the last reference.
    let directory: TemporaryDirectory

    /// One finding, with the records that it cites in words.
    struct Finding {
        let rule: String
        let image: String
        let message: String
        /// `claim <key>`, `relationship <kind>`, or the kind of record alone.
        let cited: [String]
    }

    /// Imports, verifies and checks.
    ///
    /// - Parameter generated: The case.
    /// - Throws: What a command line that is not understood throws, or what the case throws while it is made.
    init(_ generated: GeneratedCase) throws {
        var generated = generated
        directory = try TemporaryDirectory()
        path = directory.path("case.raireki")
        let (evidence, root) = try generated.write(to: directory)
        let imported = try CommandRun(
            ["import", "--project-path", "acme/payments", "--server", "gitlab.com"] + evidence,
            case: path
        )
        #expect(imported.status != .failure, "\(imported.talk)")
        if generated.isVerified {
            let verified = try CommandRun(["verify", "--trusted-root", root] + generated.expectation, case: path)
            #expect(verified.status != .failure, "\(verified.talk)")
        }
        check = try CommandRun(["check", "claims", "--all", "--format", "json"], case: path)
        let document = try JSONValue(parsing: Array(check.output.utf8))
        let words = try CitedRecords(path)
        findings = try (document["images"]?.array ?? []).flatMap { image in
            try (image["findings"]?.array ?? []).map { finding in
                Finding(
                    rule: try #require(finding["rule"]?.string),
                    image: try #require(image["digest"]?.string),
                    message: try #require(finding["message"]?.string),
                    cited: try (finding["records"]?.array ?? []).map { record in
                        let citation = try #require(record.string)
                        return try #require(words.word(for: citation), "no such record: \(citation)")
                    }
                )
            }
        }
    }

    /// The ids of the rules that found something, each once, sorted.
    var rules: [String] { Set(findings.map(\.rule)).sorted() }
}

/// The records of a case that findings may cite.
private struct CitedRecords {
    private var words: [String: String] = [:]

    init(_ path: String) throws {
        let file = try CaseFile.openReadOnly(path)
        defer { try? file.close() }
        words = try file.read { reader in
            var words: [String: String] = [:]
            let subjects = Set(try reader.artifacts(in: ArtifactRole.allCases).map(\.digest))
                .union(try reader.signatures().map(\.subject))
            for subject in subjects {
                for claim in try reader.claims(about: subject) { words["claim:\(claim.id)"] = "claim \(claim.key)" }
                for descriptor in try reader.relationships(from: subject) {
                    let place = "\(descriptor.sourceID)/\(descriptor.origin)/\(descriptor.kind.rawValue)"
                    words["relationship:\(place)/\(descriptor.position)"] = "relationship \(descriptor.kind.rawValue)"
                }
            }
            for signature in try reader.signatures() { words["signature:\(signature.id)"] = "signature" }
            for reference in try reader.references() {
                words["reference:\(reference.sourceID)/\(reference.digest)"] = "reference"
            }
            for commit in try reader.latestCommits(limit: 100) { words["gitCommit:\(commit.name)"] = "gitCommit" }
            for pipeline in try reader.allPipelines() { words["pipeline:\(pipeline.id)"] = "pipeline" }
            for job in try reader.allJobs() { words["job:\(job.id)"] = "job" }
            return words
        }
    }

    func word(for citation: String) -> String? { words[citation] }
}
