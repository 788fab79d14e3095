internal import CaseIndex
package import Cryptography

extension CaseFixture {
    /// The commit that certificates of the tutorial attest.
    package static let commit = "e83c5163316f89bfbde7d9ab23ca2e25604af290"
    /// Another commit.
    package static let otherCommit = "0123456789abcdef0123456789abcdef01234567"

    /// Adds an image that was signed in a pipeline the way GitLab's tutorial does, with all eleven annotations, of which
    /// some may be replaced.
    @discardableResult
    package func addTutorialImage(
        _ name: String = "app:1.0",
        replacing annotations: [String: String] = [:],
        authentic: Bool? = true,
        trusted: Bool? = nil
    ) throws -> (image: Digest, signature: String) {
        let image = try addImage(name)
        let signature = try addSignature(image, authentic: authentic, trusted: trusted)
        for (key, value) in Self.extensions {
            try addClaim(image, .certificate, key, value, signature: signature)
        }
        for (key, value) in Self.tutorial {
            let own = key == "tag" ? Self.tag(of: name) : value
            try addClaim(image, .signedAnnotation, key, annotations[key] ?? own, signature: signature)
        }
        try addClaim(image, .payload, "docker-manifest-digest", "\(image)", signature: signature)
        try addClaim(image, .logEntry, "integratedTime", "1710869188", signature: signature)
        return (image, signature)
    }

    /// What follows the last colon of a name, or all of it.
    private static func tag(of name: String) -> String {
        name.split(separator: ":").last.map(String.init) ?? name
    }

    /// The annotations of the tutorial, as a job would fill them.
    package static let tutorial: [(String, String)] = [
        ("com.gitlab.ci.user.name", "Ada Example"),
        ("com.gitlab.ci.pipeline.id", "1234"),
        ("com.gitlab.ci.pipeline.url", "https://git.example/group/app/-/pipelines/1234"),
        ("com.gitlab.ci.job.id", "5678"),
        ("com.gitlab.ci.job.url", "https://git.example/group/app/-/jobs/5678"),
        ("com.gitlab.ci.commit.sha", commit),
        ("com.gitlab.ci.commit.ref.name", "main"),
        ("com.gitlab.ci.project.path", "group/app"),
        ("org.opencontainers.image.source", "https://git.example/group/app"),
        ("org.opencontainers.image.revision", commit),
        ("tag", "1.0"),
    ]

    /// The extensions of the certificate of that job.
    package static let extensions: [(String, String)] = [
        ("subjectAlternativeName", identity),
        ("1.3.6.1.4.1.57264.1.8", issuer),
        ("1.3.6.1.4.1.57264.1.9", identity),
        ("1.3.6.1.4.1.57264.1.11", "gitlab-hosted"),
        ("1.3.6.1.4.1.57264.1.12", "https://git.example/group/app"),
        ("1.3.6.1.4.1.57264.1.13", commit),
        ("1.3.6.1.4.1.57264.1.14", "refs/heads/main"),
        ("1.3.6.1.4.1.57264.1.18", identity),
        ("1.3.6.1.4.1.57264.1.20", "push"),
        ("1.3.6.1.4.1.57264.1.21", "https://git.example/group/app/-/jobs/5678"),
    ]
}
