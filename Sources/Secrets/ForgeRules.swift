/// Tokens of forges and package registries.
enum ForgeRules {
    static let all: [SecretRule] =
        gitlab + [
            SecretRule(
                "github-token",
                "token of GitHub (ghp_, gho_, ghu_, ghs_, ghr_)",
                anchors: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"]
            ) { $0.token(.alphanumeric, count: 36...255, outside: .word) },
            SecretRule("github-fine-grained-token", "fine-grained token of GitHub", anchors: ["github_pat_"]) { hit in
                guard hit.byte(hit.end + 22) == UInt8(ascii: "_") else { return nil }
                return hit.token(.word, count: 82...82)
            },
            SecretRule("npm-token", "access token of npm", anchors: ["npm_"]) {
                $0.token(.alphanumeric, count: 36...36, outside: .word)
            },
            SecretRule("npmrc-auth-token", "token in an .npmrc", anchors: [":_authToken="]) { hit in
                let set = ByteSet.base64URL.union(ByteSet("./+="))
                let count = hit.run(of: set, at: hit.end, limit: 300)
                guard count >= 16 else { return nil }
                return hit.accepted(hit.end..<hit.end + count, judging: hit.end..<hit.end + count)
            },
            SecretRule(
                "pypi-token",
                "API token of PyPI or TestPyPI",
                anchors: ["pypi-AgEIcHlwaS5vcmc", "pypi-AgENdGVzdC5weXBpLm9yZw"]
            ) { $0.token(.base64URL, count: 50...1_000) },
        ]

    private static let gitlab: [SecretRule] = [
        token("gitlab-personal-access-token", "personal, project or group access token of GitLab", "glpat-"),
        token("gitlab-deploy-token", "deploy token of GitLab", "gldt-"),
        token("gitlab-runner-token", "authentication token of a GitLab runner", "glrt-"),
        token("gitlab-runner-registration-token", "registration token of GitLab runners", "GR1348941"),
        token("gitlab-ci-job-token", "job token of GitLab CI; ends with its job", "glcbt-", .lead),
        token("gitlab-trigger-token", "pipeline trigger token of GitLab", "glptt-"),
        token("gitlab-oauth-secret", "secret of an OAuth application of GitLab", "gloas-"),
        token("gitlab-feed-token", "feed token of GitLab", "glft-"),
        token("gitlab-scim-token", "SCIM token of GitLab", "glsoat-"),
        token("gitlab-incoming-mail-token", "incoming mail token of GitLab", "glimt-"),
        token("gitlab-agent-token", "token of GitLab's agent for Kubernetes", "glagent-"),
    ]

    /// GitLab's prefixes, and what follows: 20 bytes or more, in newer tokens with a routing part of nine behind a dot.
    private static func token(
        _ id: String,
        _ description: String,
        _ prefix: String,
        _ weight: SecretRule.Weight = .secret
    ) -> SecretRule {
        SecretRule(id, description, weight, anchors: [prefix]) { hit in
            guard hit.begins(outside: .base64URL) else { return nil }
            var count = hit.run(of: .base64URL, at: hit.end, limit: 301)
            guard (20...300).contains(count) else { return nil }
            if hit.has(".", at: hit.end + count), hit.run(of: .alphanumeric, at: hit.end + count + 1, limit: 10) == 9 {
                count += 10
            }
            return hit.accepted(hit.start..<hit.end + count, judging: hit.end..<hit.end + count)
        }
    }
}
