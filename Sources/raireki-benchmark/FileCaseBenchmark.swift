import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Filesystem

/// Makes a case of millions of files, and asks it for some of them.
struct FileCaseBenchmark: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "files",
        abstract: "Make a case of millions of file rows, find files in it, and put large images together.",
        discussion: """
            The case is written through the functions that import uses: layers of 5,000 members, images of ten layers \
            that share their lower ones, paths and contents repeated as in a registry's images. Then files are found \
            by their content, each with every image that has them, and the files of an image are put together.

            EXAMPLES
              raireki-benchmark files /tmp/large.raireki
              raireki-benchmark files /tmp/large.raireki --rows 1000000 --layer-rows 1000000 --keep
            """
    )

    @Argument(help: "The case; made unless it is there already.") var file: String
    @Option(help: "How many file rows.") var rows = 5_000_000
    @Option(help: "How many distinct paths.") var paths = 1_170_000
    @Option(help: "How many distinct contents.") var contents = 1_660_000
    @Option(help: "Members of one layer.") var layerRows = 5_000
    @Option(help: "How many files are looked for.") var searches = 1_000

    func run() throws {
        let generator = FileCaseGenerator(
            rows: rows,
            paths: paths,
            contents: contents,
            layerRows: layerRows
        )
        let caseFile = try CaseFile.openOrCreate(file)
        if try caseFile.read({ try $0.layers().isEmpty }) {
            let seconds = try Self.seconds { try generator.write(to: caseFile) }
            print("written: \(rows) rows in \(Self.rounded(seconds)) s")
        }
        try caseFile.close()
        try search(generator)
        try merge()
    }

    private func search(_ generator: FileCaseGenerator) throws {
        let caseFile = try CaseFile.openReadOnly(file)
        defer { try? caseFile.close() }
        var times: [Double] = []
        var found = 0
        var images = 0
        for number in 0..<searches {
            // Every twentieth is a folder and has no content.
            let content = generator.digest(ofContent: number * (contents / max(1, searches)) + 1)
            times.append(
                try Self.seconds {
                    try caseFile.read { reader in
                        let hits = try FileSearch(reader).find(content: content)
                        found += hits.count
                        images += hits.reduce(0) { $0 + $1.images.count }
                    }
                }
            )
        }
        times.sort()
        print("| \(searches) searches by SHA-256, each in a fresh view of the case | milliseconds |")
        print("|---|---|")
        print("| median | \(Self.rounded(times[times.count / 2] * 1_000)) |")
        print("| 99th percentile | \(Self.rounded(times[times.count * 99 / 100] * 1_000)) |")
        print("| slowest | \(Self.rounded((times.last ?? 0) * 1_000)) |")
        print("found: \(found) members in \(images) places of images")
        print(
            "a search for one file: raireki find file --sha256 \(Hexadecimal.encode(generator.digest(ofContent: 17)))"
        )
    }

    private func merge() throws {
        let caseFile = try CaseFile.openReadOnly(file)
        defer { try? caseFile.close() }
        try caseFile.read { reader in
            guard let image = try reader.artifacts(in: [.imageManifest]).first else { return }
            let stack = try ImageStack(of: image.digest, in: reader)
            var visible = 0
            let seconds = try Self.seconds {
                let view = try MergedView(stack, in: reader)
                view.forEach({ $0 == .visible }, { _ in visible += 1 })
            }
            let members = stack.layers.reduce(0) { $0 + ($1.stored?.entries ?? 0) }
            print(
                "merged: \(members) members of \(stack.layers.count) layers, \(visible) visible, \(Self.rounded(seconds)) s"
            )
        }
    }

    private static func seconds(_ body: () throws -> Void) rethrows -> Double {
        let duration = try ContinuousClock().measure(body)
        return Double(duration.components.seconds) + Double(duration.components.attoseconds) / 1e18
    }

    private static func rounded(_ value: Double) -> Double {
        (value * 1_000).rounded() / 1_000
    }
}
