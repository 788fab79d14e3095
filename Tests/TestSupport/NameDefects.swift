internal import Cryptography
internal import Signing
internal import Sigstore

/// Names that look like the expected one, and are not its bytes.
extension Defect {
    package static let ofNames =
        lookalikes.map { lookalike in
            Defect("lookalike: \(lookalike.description)", lookalike.code) { sigstore in
                try signed(&sigstore) { template in
                    template.extensions[4] = .subjectAlternativeName([.uri(lookalike.name)])
                }
            }
        } + issuers + userNames + [unnamed, namedInSubject, nameOfAnotherKind]

    private struct Lookalike {
        let description: String
        let name: String
        var code = FailureCode.identityMismatch
    }

    private static let lookalikes: [Lookalike] = {
        let name = VirtualSigstore.job.identity.name.text
        func replacing(_ part: String, by other: String) -> String {
            name.split(separator: part, maxSplits: 1, omittingEmptySubsequences: false).joined(separator: other)
        }
        return [
            Lookalike(description: "newline at the end", name: name + "\n"),
            Lookalike(description: "space at the end", name: name + " "),
            Lookalike(description: "longer ref", name: name + "-evil"),
            Lookalike(description: "shorter ref", name: String(name.dropLast())),
            Lookalike(description: "upper-case host", name: replacing("gitlab.com", by: "GitLab.com")),
            Lookalike(description: "another host before", name: "https://evil.example/?x=" + name),
            Lookalike(
                description: "user before the host",
                name: replacing("gitlab.com", by: "gitlab.com@evil.example")
            ),
            Lookalike(description: "one slash before the configuration", name: replacing("//.gitlab", by: "/.gitlab")),
            Lookalike(description: "plain http", name: replacing("https:", by: "http:")),
            Lookalike(description: "NUL in the name", name: replacing(".com/", by: ".com/\u{0}")),
            // A URI is an IA5String: what is not ASCII has no place in it.
            Lookalike(
                description: "Cyrillic letter",
                name: replacing("acme", by: "\u{0430}cme"),
                code: .certificateMalformed
            ),
        ]
    }()

    /// Texts that somebody could take for the expected issuer.
    private static let issuers: [Defect] = {
        let issuer = VirtualSigstore.job.identity.issuer
        let host = issuer.split(separator: "/").last.map(String.init) ?? issuer
        let likes: [(String, String)] = [
            ("slash at the end", issuer + "/"), ("plain http", "http://" + host),
            ("upper-case host", "https://" + host.uppercased()), ("longer host", issuer + ".evil.example"),
            ("user before the host", issuer + "@evil.example"), ("newline at the end", issuer + "\n"),
            ("NUL at the end", issuer + "\u{0}"), ("full-width letter", issuer.replacing("g", with: "\u{FF47}")),
            ("nothing", ""),
        ]
        return likes.map { description, other in
            Defect("issuer lookalike: \(description)", .issuerMismatch) { sigstore in
                var identity = VirtualSigstore.job.identity
                identity.issuer = other
                return try sigstore.signed(with: sigstore.authority.issueCredential(for: identity, at: sigstore.time))
            }
        }
    }()

    /// User names may hold any letter: those that look the same, or that Unicode calls equal, are others' all the same.
    private static let userNames: [Defect] = {
        let likes: [(String, String, String)] = [
            ("Kelvin sign", "Kim!example.com", "\u{212A}im!example.com"),
            ("Cyrillic letter", "joao!example.com", "j\u{43E}ao!example.com"),
            ("decomposed letter", "jo\u{E3}o!example.com", "joa\u{303}o!example.com"),
            ("no-break space", "ada l!example.com", "ada\u{A0}l!example.com"),
            ("full-width letter", "ada!example.com", "ad\u{FF41}!example.com"),
        ]
        return likes.map { description, expected, other in
            Defect("user lookalike: \(description)", .identityMismatch) { sigstore in
                let identity = SigningIdentity(name: .userName(other), issuer: "https://accounts.example.com")
                let credential = try sigstore.authority.issueCredential(for: identity, at: sigstore.time)
                var result = try sigstore.signed(with: credential)
                result.policy.identity = IdentityExpectation(
                    name: .exactly(expected),
                    issuer: .exactly(identity.issuer)
                )
                return result
            }
        }
    }()

    /// The right name stands in the subject, where Fulcio writes none, and not among the alternative names.
    package static let namedInSubject = Defect("name in the subject alone", .identityCount) { sigstore in
        try signed(&sigstore) { template in
            template.extensions.remove(at: 4)
            template.subject.commonName = VirtualSigstore.job.identity.name.text
        }
    }

    /// The leaf names nobody.
    package static let unnamed = Defect("no name", .identityCount) { sigstore in
        try signed(&sigstore) { $0.extensions.remove(at: 4) }
    }

    /// The expected text, as the name of a user instead of a URI: the text alone is compared, so it is right.
    ///
    /// What differs is the ending that Fulcio gives user names.
    package static let nameOfAnotherKind = Defect("user name instead of a URI", .identityMismatch) { sigstore in
        try signed(&sigstore) { template in
            let name = VirtualSigstore.job.identity.name.text
            template.extensions[4] = .subjectAlternativeName([.userName(name + "!example.com")])
        }
    }
}
