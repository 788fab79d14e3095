import CaseFixtures
import CaseIndex
import Cryptography
import Testing

@testable import Report

/// What somebody may write into evidence in order to reach whoever reads the report.
enum HostileEvidence {
    static let texts = [
        "</script><script>alert(1)</script>", "\"onmouseover=\"alert(1)", "' onfocus='alert(1)", "javascript:alert(1)",
        "&#x0a;&lt;script&gt;", "{{7*7}}", "]]><x>", "<!-- -->", "</style><style>*{display:none}</style>",
        "<svg/onload=alert(1)>", "<img src=https://evil.example/x>", "line\u{2028}separator", "\u{202E}desrever",
        "\u{2066}isolate\u{2069}", "\u{1B}]0;title\u{07}", "\u{1B}[2J", "fail\rPASS", "nul\u{0}byte", "\u{9B}31m",
        "| a | b |", "[x](https://evil.example)", "`code`", "<https://evil.example>", "line\nbreak",
    ]

    /// A text that rules read as they read the other: what stands behind a colon is the tag of an image's name.
    static func harmless(beside text: String) -> String {
        text == "javascript:alert(1)" ? "harmless:tag" : "harmless"
    }

    /// A case in which every text from outside is hostile.
    static func dossier(_ text: String) throws -> CaseDossier {
        let (fixture, image) = try fixture(text)
        return try CaseDossier(of: [image], in: fixture.caseFile)
    }

    /// The same, and its one image.
    static func fixture(_ text: String) throws -> (CaseFixture, Digest) {
        let fixture = try CaseFixture()
        let image = try fixture.addImage(text)
        let signature = try fixture.addSignature(image, named: text, predicateType: text)
        let keys = ["com.gitlab.ci.commit.sha", "com.gitlab.ci.user.name", "tag", "org.opencontainers.image.source"]
        for key in keys { try fixture.addClaim(image, .signedAnnotation, key, text, signature: signature) }
        try fixture.addClaim(image, .certificate, "subjectAlternativeName", text, signature: signature)
        try fixture.addClaim(image, .label, "org.opencontainers.image.revision", text)
        try fixture.caseFile.write { writer in
            var verdict = try #require(try writer.reader.verdict(of: signature))
            verdict.identity = text
            verdict.identityIssuer = text
            verdict.policy = text
            verdict.trustedRoot = text
            let checks = try writer.reader.checks(of: signature).map { check in
                var changed = check
                (changed.name, changed.reason, changed.detail) = (text, text, text)
                return changed
            }
            try writer.replace(verdict, checks: checks)
            try writer.insert(
                WarningRecord(
                    sourceID: fixture.sourceID,
                    path: text,
                    code: text,
                    severity: .incomplete,
                    digest: image,
                    message: text
                )
            )
            writer.appendActivity(
                verb: text,
                arguments: text,
                toolVersion: text,
                startedAt: CaseFixture.time,
                result: text
            )
        }
        return (fixture, image)
    }
}
