import Cryptography
import TestSupport
import Testing

@testable import Secrets

/// Every rule has secrets that it finds, and texts beside them that it must not take for one.
///
/// The samples are put together from pieces, so that this file holds none.
@Suite struct SecretRuleTests {
    private static let letters = "Zx8yQw3rT5uI7oP9aS1dF4gH6jK2lM0nBvCcXzLqWeRtYuIoPaSdFgHjKl3Z5x7C9vB1nM2q4W6e8R0t"
    private static func some(_ count: Int) -> String {
        String((0..<8).map { _ in letters }.joined().prefix(count))
    }
    private static func hex(_ count: Int) -> String {
        String("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08f3".prefix(count))
    }
    private static func upper(_ count: Int) -> String { String("QWERTYUIOP3ASDFGHJ7KLZXCVBN5M".prefix(count)) }

    private static func pem(_ label: String, _ body: String, end: String? = nil, newline: String = "\n") -> String {
        "-----BEGIN \(label)-----\(newline)\(body)\(newline)-----END \(end ?? label)-----"
    }

    struct Sample: Sendable, CustomTestStringConvertible {
        let rule: String
        let found: [String]
        let ignored: [String]
        var testDescription: String { rule }
    }

    private static let key = "PRIVATE" + " KEY"
    private static let auth = Base64.encode(Array("robot:\(some(20))".utf8))

    static let samples: [Sample] = [
        Sample(
            rule: "private-key",
            found: [pem("RSA " + key, some(400)), pem(key, some(64)), pem("EC " + key, some(100), newline: "\r\n")],
            ignored: [
                pem("PUBLIC KEY", some(100)), pem("CERTIFICATE", some(400)), "-----BEGIN \(key)-----\n...\n-----END",
                pem(key, "..."), pem(key, String(repeating: "A", count: 100)), "the text \(key)-----",
            ]
        ),
        Sample(
            rule: "private-key-encrypted",
            found: [
                pem("ENCRYPTED " + key, some(200)), pem("ENCRYPTED SIGSTORE " + key, some(200)),
                pem("RSA " + key, "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A\n\n" + some(200)),
                pem("OPENSSH " + key, "b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI" + some(200)),
            ],
            ignored: [pem(key, some(200))]
        ),
        Sample(
            rule: "openssh-private-key",
            found: [pem("OPENSSH " + key, "b3BlbnNzaC1rZXktdjEAAAAABG5vbmU" + some(200))],
            ignored: [pem("OPENSSH " + key, "b3BlbnNzaC1rZXktdjEAAAAACmFlczI1Ni1jdHI" + some(200))]
        ),
        Sample(
            rule: "pgp-private-key",
            found: [pem("PGP \(key) BLOCK", "\n" + some(300))],
            ignored: [pem("PGP PUBLIC KEY BLOCK", "\n" + some(300))]
        ),
        Sample(
            rule: "putty-private-key",
            found: ["PuTTY-User-Key-File-3: ssh-ed25519\nPrivate-Lines: 1\n\(some(48))\nPrivate-MAC: \(hex(64))"],
            ignored: ["PuTTY-User-Key-File-3: ssh-ed25519\n", "PuTTY-User-Key-File-x: Private-Lines: 1"]
        ),
        Sample(
            rule: "age-secret-key",
            found: [
                "AGE-SECRET-" + "KEY-1"
                    + String((0..<2).map { _ in "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L" }.joined().prefix(58))
            ],
            ignored: ["AGE-SECRET-" + "KEY-1QPZ"]
        ),
        Sample(
            rule: "aws-access-key-id",
            found: ["key = AKIA" + upper(16), "\"ASIA\(upper(16))\""],
            ignored: [
                "AKIA" + "IOSFODNN7EXAMPLE", "AKIA" + upper(15), "AKIA" + upper(17), "xAKIA" + upper(16),
                "AKIA" + some(16),
            ]
        ),
        Sample(
            rule: "aws-secret-access-key",
            found: [
                "aws_secret_access_key = \(some(40))", "\"SecretAccessKey\": \"\(some(40))\"",
                "AWS_SECRET_ACCESS_KEY=\(some(40))",
            ],
            ignored: [
                "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                "aws_secret_access_key = \(some(41))",
                "aws_secret_access_key = $SECRET", some(40),
            ]
        ),
        Sample(
            rule: "gcp-service-account-key",
            found: [
                "{\"private_key\": \"\(pem(key, some(400), newline: "\\n"))\\n\", \"client_email\": \"a@b\"}"
            ],
            ignored: ["{\"private_key\": \"\", \"client_email\": \"a@b\"}"]
        ),
        Sample(rule: "gcp-api-key", found: ["AIza" + some(35)], ignored: ["AIza" + some(34), "AIza" + some(36)]),
        Sample(rule: "google-oauth-client-secret", found: ["GOCSPX-" + some(28)], ignored: ["GOCSPX-" + some(20)]),
        Sample(
            rule: "azure-storage-key",
            found: ["AccountKey=\(some(86))==;"],
            ignored: ["AccountKey=\(some(40))==", "AccountKey=\(String(repeating: "a", count: 86))=="]
        ),
        Sample(
            rule: "azure-client-secret",
            found: ["secret: abc8Q~" + some(34)],
            ignored: ["secret: abc8Q~" + some(20), "secret: abcdQ~" + some(34)]
        ),
        Sample(
            rule: "slack-token",
            found: ["xoxb-" + "271828182845-" + some(24)],
            ignored: ["xoxb-not-a-token", "xoxb-" + "1234"]
        ),
        Sample(
            rule: "slack-webhook",
            found: ["https://hooks.slack.com/" + "services/T0A1B2C3D/B0E1F2G3H/" + some(24)],
            ignored: ["https://hooks.slack.com/" + "services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX"]
        ),
        Sample(
            rule: "stripe-live-key",
            found: ["sk_" + "live_" + some(24)],
            ignored: ["sk_" + "test_" + some(24), "sk_" + "live_abc"]
        ),
        Sample(
            rule: "sendgrid-api-key",
            found: ["SG." + some(22) + "." + some(43)],
            ignored: ["SG." + some(22), "MSG." + some(22) + "." + some(43)]
        ),
        Sample(rule: "vault-token", found: ["hvs." + some(95)], ignored: ["hvs." + some(20)]),
        Sample(rule: "digitalocean-token", found: ["dop_" + "v1_" + hex(64)], ignored: ["dop_" + "v1_" + hex(60)]),
        Sample(rule: "huggingface-token", found: ["hf_" + some(34)], ignored: ["hf_" + some(33), "self_" + some(34)]),
        gitlab("gitlab-personal-access-token", "glpat-"), gitlab("gitlab-deploy-token", "gldt-"),
        gitlab("gitlab-runner-token", "glrt-"), gitlab("gitlab-runner-registration-token", "GR1348941"),
        gitlab("gitlab-ci-job-token", "glcbt-"), gitlab("gitlab-trigger-token", "glptt-"),
        gitlab("gitlab-oauth-secret", "gloas-"), gitlab("gitlab-feed-token", "glft-"),
        gitlab("gitlab-scim-token", "glsoat-"), gitlab("gitlab-incoming-mail-token", "glimt-"),
        gitlab("gitlab-agent-token", "glagent-"),
        Sample(
            rule: "github-token",
            found: ["ghp_" + some(36), "ghs_" + some(40)],
            ignored: ["ghp_" + some(30), "ghp_" + String(repeating: "x", count: 36), "high_ghp"]
        ),
        Sample(
            rule: "github-fine-grained-token",
            found: ["github_" + "pat_" + some(22) + "_" + some(59)],
            ignored: ["github_" + "pat_" + some(82), "github_" + "pat_" + some(22)]
        ),
        Sample(rule: "npm-token", found: ["npm_" + some(36)], ignored: ["npm_" + some(35), "npm_config_registry"]),
        Sample(
            rule: "npmrc-auth-token",
            found: ["//registry.test/:_authToken=" + some(30)],
            ignored: ["//registry.test/:_authToken=${NPM_TOKEN}"]
        ),
        Sample(
            rule: "pypi-token",
            found: ["pypi-" + "AgEIcHlwaS5vcmc" + some(120)],
            ignored: ["pypi-" + "AgEIcHlwaS5vcmc" + some(10)]
        ),
        Sample(
            rule: "registry-auth",
            found: ["{\"auths\": {\"r.test\": {\"auth\": \"\(auth)\"}}}"],
            ignored: [
                "{\"auth\": \"\(Base64.encode(Array("nobody".utf8)))\"}", "{\"auth\": \"password\"}", "{\"auth\": {}}",
            ]
        ),
        Sample(rule: "docker-hub-token", found: ["dckr_" + "pat_" + some(27)], ignored: ["dckr_" + "pat_" + some(10)]),
        Sample(
            rule: "jwt",
            found: ["Bearer " + jwt(#"{"alg":"RS256","typ":"JWT"}"#, #"{"iss":"a","n":1}"#)],
            ignored: [
                jwt(#"{"alg":"none","typ":"JWT"}"#, #"{"iss":"a","n":1}"#),
                jwt(#"{"typ":"other things"}"#, #"{"iss":1}"#),
                jwt(#"{"alg":"HS256","typ":"JWT"}"#, #"{"sub":"1234567890","name":"John"}"#), "eyJhbGciOiJIUzI1NiJ9",
            ]
        ),
        Sample(
            rule: "netrc-password",
            found: [
                "machine git.test login me password \(some(12))\n",
                "machine git.test\n  login me\n  password \(some(12))",
            ],
            ignored: ["the machine learns to login with a password", "machine git.test login me"]
        ),
        Sample(
            rule: "git-credentials",
            found: ["https://me:\(some(12))@git.test\n", "x\nhttps://me:\(some(12))@git.test/a.git\nhttps://b"],
            ignored: ["see https://me:\(some(12))@git.test", "https://me@git.test", "https://git.test:8080/a@b"]
        ),
    ]

    private static func gitlab(_ rule: String, _ prefix: String) -> Sample {
        Sample(
            rule: rule,
            found: ["TOKEN=" + prefix + some(20), prefix + some(27) + ".01." + some(9)],
            ignored: [prefix + some(19), "x" + prefix + some(20), prefix + String(repeating: "x", count: 20)]
        )
    }

    private static func jwt(_ header: String, _ payload: String) -> String {
        let parts = [header, payload].map { part in
            Base64.encode(Array(part.utf8)).replacing("=", with: "").replacing("+", with: "-").replacing("/", with: "_")
        }
        return parts.joined(separator: ".") + "." + some(43)
    }

    private static let prepared = SecretScanner.Prepared()

    @Test(arguments: samples)
    func findsWhatItIsForAndNothingBeside(sample: Sample) {
        for text in sample.found {
            let found = SecretScanner.scan(Array("# \n\(text)".utf8), Self.prepared).map(\.rule)
            #expect(found.contains(sample.rule), "\(text): \(found)")
        }
        for text in sample.ignored {
            let found = SecretScanner.scan(Array(text.utf8), Self.prepared).map(\.rule)
            #expect(!found.contains(sample.rule), "\(text)")
        }
    }

    @Test func everyRuleHasASample() {
        #expect(Set(Self.samples.map(\.rule)) == Set(SecretRules.all.map(\.id)))
        #expect(Set(SecretRules.all.map(\.id)).count == SecretRules.all.count)
    }

    /// Wherever a text is cut into chunks, the same is found as in the whole.
    @Test(arguments: [1, 7, 64, 4_096, 100_000])
    func findsTheSameInChunksOfAnySize(size: Int) {
        let filler = String(repeating: "nothing to see here ", count: 1_500)
        let text = Array(Self.samples.flatMap(\.found).joined(separator: "\n\(filler)\n").utf8)
        let whole = SecretScanner.scan(text, Self.prepared)
        let scanner = SecretScanner(Self.prepared)
        for start in stride(from: 0, to: text.count, by: size == 1 ? 977 : size) {
            Array(text[start..<min(start + (size == 1 ? 977 : size), text.count)]).withUnsafeBytes {
                scanner.receive($0)
            }
        }
        scanner.end()
        #expect(scanner.found == whole)
        #expect(whole.count >= Self.samples.count)
    }

    @Test func neverShowsAValue() throws {
        for sample in Self.samples {
            for text in sample.found {
                for secret in SecretScanner.scan(Array("\n\(text)".utf8), Self.prepared) {
                    let value = Array("\n\(text)".utf8)[Int(secret.offset)..<Int(secret.offset) + secret.count]
                    #expect(secret.digest == Digest(hashing: Array(value)).hex)
                    #expect(secret.masked.hasSuffix("***"))
                    #expect(secret.masked.hasPrefix("-----BEGIN") || secret.masked.utf8.count <= 9)
                }
            }
        }
    }

    @Test func countsWhatIsBeyondTheLimit() {
        let text = (0..<1_200).map { "glpat-" + Self.some(16) + String(10_000 + $0) }.joined(separator: "\n")
        let scanner = SecretScanner(Self.prepared)
        Array(text.utf8).withUnsafeBytes { scanner.receive($0) }
        scanner.end()
        #expect(scanner.found.count == 1_000)
        #expect(scanner.omitted == 200)
    }
}
