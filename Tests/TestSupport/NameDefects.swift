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
        } + [unnamed, nameOfAnotherKind]

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
