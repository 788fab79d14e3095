import Foundation
import TestSupport
import Testing

/// Raireki, sigstore-go and cosign judge the same corpus; where they differ, `reports/peers.md` says why.
///
/// With `RAIREKI_REWRITE` set the report is written; otherwise it must be what is found.
@Suite(
    .enabled(if: SharedData.isPresent, "../shared/data is absent"),
    .enabled(if: Peer.has("cosign") && Peer.has("sigstore-go-verification"), "no cosign, or no sigstore-go")
)
struct PeerReportTests {
    private static let path = SharedData.projectRoot + "/reports/peers.md"

    /// The sentence for every difference; one that is gone, or new, fails.
    static let reasons: [String: String] = [
        "entry of another kind than stated":
            "The bundle states one kind of log entry and the entry is another; the peers read the entry alone.",
        "checkpoint of another origin":
            "The signed note names another log than its signer; the peers compare the key alone.",
        "checkpoint of another size":
            "The proof states another tree size than the checkpoint; the peers pass over one of the two.",
        "leaf without extended key usage":
            "Fulcio's profile asks for code signing; without the extension Go's path search allows every use.",
        "leaf for any purpose": "Fulcio's profile asks for code signing by name; Go takes any purpose for it.",
        "leaf that is an authority":
            "An authority's certificate could issue further ones; the peers look only at what stands above the leaf.",
        "leaf that may not sign":
            "Key usage without digital signatures; Go's path search does not look at a leaf's key usage.",
        "leaf that may sign certificates":
            "RFC 5280 §4.2.1.9 keeps the signing of certificates to authorities; the peers do not look at a leaf's key usage.",
        "second log's key retired before": Self.silentLog,
        "second log's key used later": Self.silentLog,
        "subject in upper-case digits":
            "in-toto writes digests in lower case; the peers compare the bytes that the digits stand for.",
        "two names": "Fulcio gives exactly one name; the peers accept a certificate of which any name fits.",
        "two issuers": "Both issuer extensions are there and differ; the peers compare one of them.",
        "statement of an unknown type":
            "A statement of a version that nobody defined; the peers read it as if it were one that they know.",
        "two timestamps of one authority":
            "One authority counts once; the peers pass over the second timestamp, we say that it is there.",
        "timestamp of the artifact": other("is of the artifact"),
        "timestamp of another signature": other("is of another signature"),
        "flipped timestamp": other("has a flipped bit"),
        "timestamp of an untrusted authority": other("is an untrusted authority's"),
        "untrusted timestamp with the trusted certificate first": other("is an untrusted authority's"),
        "timestamp certificate without critical usage": other("was made with a certificate of another profile"),
        "timestamp certificate for two purposes": other("was made with a certificate of another profile"),
        "timestamp authority trusted later": other("was made before its authority was trusted"),
        "malformed timestamp": other("cannot be read"),
        "timestamp authority that the trusted root does not have": other("is of an unknown authority"),
        "timestamp certificate of another root": other("leads to another anchor"),
    ]

    private static let silentLog =
        "The log signs no time; we ask that its key was in use when the signature was stamped, the peers pass over that."

    private static func other(_ what: String) -> String {
        "The timestamp \(what); sigstore-go is content with the log's time and passes over it, as cosign does unless "
            + "it is told to use timestamps (here it is)."
    }

    @Test func differsOnlyAsTheReportSays() throws {
        let questions = try PeerQuestion.ofDefects() + PeerQuestion.ofRealBundles()
        var differences: [(name: String, verdicts: PeerVerdicts, words: String)] = []
        for question in questions {
            let verdicts = try question.verdicts()
            guard !verdicts.agree else { continue }
            let words = (try? question.report().reasons.sorted().joined(separator: ", ")) ?? "unreadable"
            differences.append((question.name, verdicts, words))
        }
        #expect(Set(differences.map(\.name)) == Set(Self.reasons.keys))
        // We are the stricter one, always.
        #expect(differences.allSatisfy { !$0.verdicts.raireki })
        let rows = differences.map { difference in
            let cells = [
                difference.name, Self.word(difference.verdicts.raireki) + " (\(difference.words))",
                Self.word(difference.verdicts.sigstoreGo), Self.word(difference.verdicts.cosign),
                Self.reasons[difference.name] ?? "",
            ]
            return "| " + cells.joined(separator: " | ") + " |"
        }
        let text = Self.text(rows: rows, count: questions.count)
        if ProcessInfo.processInfo.environment["RAIREKI_REWRITE"] != nil {
            try text.write(toFile: Self.path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOfFile: Self.path, encoding: .utf8) == text)
    }

    private static func word(_ accepts: Bool) -> String { accepts ? "accepts" : "refuses" }

    private static func text(rows: [String], count: Int) -> String {
        """
        # Where other verifiers see things differently

            RAIREKI_REWRITE=1 RAIREKI_PEERS=FOLDER swift test --filter PeerReportTests

        FOLDER holds cosign 3.1 and sigstore-go's example verifier. The corpus is every real bundle of the shared
        material that names a certificate, and one bundle for each defect of `Tests/TestSupport`, which is wrong in
        nothing else. All three judged \(count) bundles; they differ on \(rows.count), and each time Raireki is the
        one that refuses. No real bundle is judged differently.

        | bundle | Raireki | sigstore-go | cosign | why |
        | --- | --- | --- | --- | --- |
        \(rows.joined(separator: "\n"))

        ## Layouts

        cosign is also asked about image layouts (`CosignAgreementTests`, `CosignPeerTests`). sigstore-go reads none.

        | layout | Raireki | cosign | why |
        | --- | --- | --- | --- |
        | simple signing as an OCI 1.1 referrer | finds it | no signatures | cosign asks registries alone for referrers. |
        | bundle on an image index | finds it | no signatures | cosign looks for bundles of the manifests alone. |
        | layer altered after signing | refuses (image.digest-mismatch) | accepts | cosign hashes the manifest, not what it names. |

        """
    }
}
