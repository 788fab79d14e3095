internal import Cryptography
internal import OCI
internal import Signing

/// One release of a project: the job that built it, and what it built.
struct Release {
    /// The job that built and signed.
    var job: GitLabJob
    /// IMAGE_TAG.
    var tag: String
    /// When the job signed.
    var time: Timestamp

    /// The repository of the image, as the payload names it.
    var repository: String { "registry.gitlab.example.com/\(job.projectPath)" }

    /// The name under which layouts list the image.
    var name: String { "\(job.projectPath):\(tag)" }

    /// The annotations that the job signs.
    var annotations: [String: String] { job.annotations(tag: tag) }

    /// The image that the job built.
    ///
    /// - Parameters:
    ///   - account: A setting in the upper layer, by which one build differs from another.
    ///   - architecture: GOARCH.
    /// - Returns: An image of two layers.
    func image(account: String = "settlement-0001", architecture: String = "amd64") -> SmallImage {
        var image = SmallImage(
            layers: [Self.base, application(account: account)],
            created: time.adding(seconds: -95),
            command: ["/app/start"]
        )
        image.platform.architecture = architecture
        image.labels = [
            "org.opencontainers.image.revision": job.commit,
            "org.opencontainers.image.source": job.projectURL,
            "org.opencontainers.image.version": tag,
        ]
        return image
    }

    private static let base = [
        TarWriter.Member(path: "etc/os-release", bytes: Array("ID=minimal\nVERSION_ID=1\n".utf8)),
        TarWriter.Member(path: "etc/passwd", bytes: Array("app:x:1000:1000::/app:/bin/sh\n".utf8)),
    ]

    /// The upper layer; its size depends on the lengths of the texts alone.
    func application(account: String) -> [TarWriter.Member] {
        let name = String(job.projectPath.split(separator: "/").last ?? "app")
        let start = "#!/bin/sh\n# \(name) \(tag)\nexec /app/\(name) --config /etc/\(name)/\(name).ini\n"
        let settings = "[service]\nname = \(name)\nrelease = \(tag)\n\n[payout]\naccount = \(account)\n"
        let modified = Int(time.adding(seconds: -95).seconds)
        return [
            TarWriter.Member(path: "app/start", bytes: Array(start.utf8), mode: 0o755, modified: modified),
            TarWriter.Member(path: "etc/\(name)/\(name).ini", bytes: Array(settings.utf8), modified: modified),
        ]
    }
}
