import ArgumentParser
internal import Cryptography
internal import Signing

/// Signs images of layouts on disk with one authority, and beside that makes only the key operations that it needs.
struct SigningBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing",
        abstract: "Sign images on disk with one authority against the raw key operations that they need."
    )

    @Option(help: "How many images, each in a layout of its own.") var count = 1_000
    @Option(help: "How many runs of each, in turn.") var runs = 5
    @Argument(help: "An empty folder for layouts and authority; its file system is part of what is measured.")
    var folder: String

    /// As many layouts as the command holds open at a time.
    private static let batch = 64
    private static let password = Array("benchmark".utf8)
    private static let start = Timestamp(seconds: 1_767_258_000)

    func run() throws {
        let authority = try makeAuthority()
        var rows: [(together: Double, each: Double, raw: Double)] = []
        for run in 0...runs {
            let together = try layouts("\(run)-together")
            let each = try layouts("\(run)-each")
            rows.append(
                (
                    try Self.seconds { try sign(together, authority, batch: Self.batch) },
                    try Self.seconds { try sign(each, authority, batch: 1) },
                    try Self.seconds { try operations() }
                )
            )
        }
        // The first of each warms up.
        let counted = rows.dropFirst()
        print("| \(count) images | seconds, median of \(runs) | of the limit |")
        print("|---|---|---|")
        let raw = Self.median(counted.map(\.raw))
        for (name, times) in [
            ("signed in batches of \(Self.batch), as one command does", counted.map(\.together)),
            ("signed one by one, the log on the disk before each next one", counted.map(\.each)),
        ] {
            print("| \(name) | \(Self.median(times)) | \(Self.rounded(raw / Self.median(times))) |")
        }
        print("| the key operations alone: certificate, signature, promise, checkpoint, timestamp | \(raw) | 1 |")
    }

    private func makeAuthority() throws -> StoredAuthority {
        let path = "\(folder)/authority"
        let description = AuthorityDescription(
            organization: "benchmark",
            domain: "sigstore.example",
            start: Self.start,
            treeID: 1
        )
        try StoredAuthority.create(path, description, password: Self.password)
        return try StoredAuthority(opening: path, password: Self.password)
    }

    /// Layouts of different images.
    private func layouts(_ name: String) throws -> [String] {
        try (0..<count).map { number in
            var layout = LayoutContents()
            let member = TarWriter.Member(path: "number", bytes: Array("\(name) \(number)\n".utf8))
            let image = SmallImage(layers: [[member]], created: Self.start, command: ["/number"]).add(to: &layout)
            layout.list(image, name: "image:\(number)", kind: .image)
            let path = "\(folder)/\(name)-\(number)"
            try LayoutWriter.write(layout, to: path)
            return path
        }
    }

    /// What `raireki sign` does: every image is inspected and gets a certificate, a bundle, a log entry and a timestamp.
    private func sign(_ paths: [String], _ authority: StoredAuthority, batch: Int) throws {
        let identity = SigningIdentity.person("signer@example.com", issuer: "https://accounts.example.com")
        for begin in stride(from: 0, to: paths.count, by: batch) {
            var layouts = try paths[begin..<min(begin + batch, paths.count)].map { path in
                try LayoutFolder(opening: path)
            }
            try authority.withServices { services in
                for place in layouts.indices {
                    let image = try layouts[place].image(.only)
                    _ = try layouts[place].inspect(image)
                    let signer = ImageSigner(
                        storage: .bundle,
                        plan: SigningPlan(isStamped: true),
                        credential: try services.issueCredential(for: identity, at: Self.start),
                        time: Self.start
                    )
                    _ = try signer.sign(image, in: &layouts[place], annotations: [:], references: [], with: &services)
                }
            }
            try LayoutFolder.commit(&layouts)
        }
    }

    /// A new key, its certificate with the promise of a log, the signature, the entry's promise, a checkpoint and a
    /// timestamp, over messages of the same sizes.
    private func operations() throws {
        let authority = try SigningKey(seed: "authority", kind: .p384)
        let service = try SigningKey(seed: "service", kind: .p256)
        let (certificate, message) = ([UInt8](repeating: 1, count: 700), [UInt8](repeating: 2, count: 300))
        for _ in 0..<count {
            let key = try SigningKey(generating: .p256)
            _ = try service.sign(certificate)
            _ = try authority.sign(certificate)
            _ = try key.sign(message)
            for _ in 0..<3 { _ = try service.sign(message) }
        }
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let duration = try ContinuousClock().measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private static func median(_ values: [Double]) -> Double {
        rounded(values.sorted()[values.count / 2])
    }

    private static func rounded(_ value: Double) -> Double {
        (value * 1_000).rounded() / 1_000
    }
}
