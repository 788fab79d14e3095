/// Keys and tokens of cloud providers and services.
enum CloudRules {
    static let all: [SecretRule] = [
        SecretRule(
            "aws-access-key-id",
            "access key id of AWS (AKIA…, ASIA…); AKIAIOSFODNN7EXAMPLE and the like are documentation",
            .lead,
            anchors: ["AKIA", "ASIA"]
        ) { $0.token(.upperDigits, count: 16...16, outside: .alphanumeric) },
        SecretRule(
            "aws-secret-access-key",
            "secret access key of AWS beside its name",
            anchors: [
                "aws_secret_access_key", "AWS_SECRET_ACCESS_KEY", "SecretAccessKey", "secretAccessKey",
                "aws_secret_key",
            ]
        ) { assigned($0, .base64, 40...40) },
        SecretRule(
            "gcp-service-account-key",
            "private key of a Google Cloud service account, in its JSON document",
            anchors: ["\"private_key\""],
            match: serviceAccount
        ),
        SecretRule("gcp-api-key", "API key of Google Cloud", anchors: ["AIza"]) {
            $0.token(.base64URL, count: 35...35)
        },
        SecretRule(
            "google-oauth-client-secret",
            "client secret of a Google OAuth client",
            anchors: ["GOCSPX-"]
        ) { $0.token(.base64URL, count: 28...28) },
        SecretRule("azure-storage-key", "account key of Azure Storage", anchors: ["AccountKey="]) { hit in
            let count = hit.run(of: .base64, at: hit.end, limit: 87)
            guard count == 86, hit.has("==", at: hit.end + count) else { return nil }
            return hit.accepted(hit.end..<hit.end + 88, judging: hit.end..<hit.end + 86)
        },
        SecretRule("azure-client-secret", "client secret of a Microsoft Entra application", anchors: ["Q~"]) { hit in
            let set = ByteSet.base64URL.union(ByteSet("~."))
            guard hit.start >= 4, hit.byte(hit.start - 1).map({ ByteSet.digits.contains($0) }) ?? false,
                (hit.start - 4..<hit.start - 1).allSatisfy({ hit.byte($0).map { set.contains($0) } ?? false }),
                hit.byte(hit.start - 5).map({ !set.contains($0) }) ?? true
            else { return nil }
            let count = hit.run(of: set, at: hit.end, limit: 35)
            guard (31...34).contains(count) else { return nil }
            return hit.accepted(hit.start - 4..<hit.end + count, judging: hit.end..<hit.end + count)
        },
        SecretRule(
            "slack-token",
            "token of Slack",
            anchors: ["xoxb-", "xoxp-", "xoxa-", "xoxr-", "xoxs-", "xapp-"]
        ) { hit in
            guard hit.byte(hit.end).map({ ByteSet.digits.contains($0) }) ?? false else { return nil }
            return hit.token(.base64URL, count: 20...255)
        },
        SecretRule(
            "slack-webhook",
            "incoming webhook of Slack",
            anchors: ["https://hooks.slack.com/services/T"]
        ) { hit in
            let set = ByteSet.alphanumeric.union(ByteSet("/"))
            let count = hit.run(of: set, at: hit.end, limit: 80)
            let parts = hit.bytes(hit.end..<hit.end + count).split(separator: UInt8(ascii: "/"))
            guard parts.count == 3, parts[1].first == UInt8(ascii: "B"), parts[2].count >= 20 else { return nil }
            return hit.accepted(hit.start..<hit.end + count, judging: hit.end..<hit.end + count)
        },
        SecretRule("stripe-live-key", "live key of Stripe", anchors: ["sk_live_", "rk_live_"]) {
            $0.token(.alphanumeric, count: 24...247, outside: .word)
        },
        SecretRule("sendgrid-api-key", "API key of SendGrid", anchors: ["SG."]) { hit in
            guard hit.begins(outside: .base64URL), hit.run(of: .base64URL, at: hit.end, limit: 23) == 22,
                hit.has(".", at: hit.end + 22), hit.run(of: .base64URL, at: hit.end + 23, limit: 44) == 43
            else { return nil }
            return hit.accepted(hit.start..<hit.end + 66, judging: hit.end + 23..<hit.end + 66)
        },
        SecretRule("vault-token", "service token of HashiCorp Vault", anchors: ["hvs."]) {
            $0.token(.base64URL, count: 90...300)
        },
        SecretRule("digitalocean-token", "access token of DigitalOcean", anchors: ["dop_v1_"]) {
            $0.token(.lowerHex, count: 64...64, outside: .word)
        },
        SecretRule("huggingface-token", "access token of Hugging Face", anchors: ["hf_"]) {
            $0.token(.alphanumeric, count: 34...34, outside: .word)
        },
    ]

    /// A value behind a name, whatever of `= : " '` and blanks lies between.
    static func assigned(_ hit: Anchored, _ set: ByteSet, _ count: ClosedRange<Int>) -> SecretRange? {
        let between = hit.run(of: ByteSet(" \t\"':=>"), at: hit.end, limit: 9)
        guard (1...8).contains(between) else { return nil }
        let start = hit.end + between
        let found = hit.run(of: set, at: start, limit: count.upperBound + 1)
        guard count.contains(found), hit.byte(start + found).map({ $0 != UInt8(ascii: "=") }) ?? true else {
            return nil
        }
        return hit.accepted(start..<start + found, judging: start..<start + found)
    }

    private static func serviceAccount(_ hit: Anchored) -> SecretRange? {
        var position = hit.skippingBlanks(at: hit.end)
        guard hit.has(":", at: position) else { return nil }
        position = hit.skippingBlanks(at: position + 1)
        let mark: StaticString = "\"-----BEGIN PRIVATE KEY-----"
        guard hit.has(mark, at: position) else { return nil }
        let begin = position + 1
        let key = Anchored(window: hit.window, start: begin + 11, end: position + mark.utf8CodeUnitCount)
        guard let found = KeyRules.pem(key, { _ in true }),
            hit.find("\"client_email\"", from: found.range.upperBound, within: 512) != nil
        else { return nil }
        return found
    }
}
