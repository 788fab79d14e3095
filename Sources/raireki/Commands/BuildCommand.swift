internal import Archive
import ArgumentParser
internal import Assembly
internal import Cryptography
internal import Glibc
internal import Presentation

/// The command `raireki build`.
struct BuildCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "build",
        abstract:
            "Build an image from a Dockerfile into an image layout: no daemon, no network, the same digest every day.",
        discussion: """
            Reads the whole Dockerfile language of BuildKit. Base images lie in layouts that --from names; nothing is \
            ever fetched. Programs (RUN) run in bubblewrap, without a network and without any file of this machine; \
            where it is not installed or not allowed, RUN is refused. What needs no program needs no bubblewrap. In \
            the sandbox there is one user and one group, those of USER: what RUN makes belongs to them, and a chown to \
            others fails there. COPY --chown and ADD --chown give files to anybody.

            The same input gives the same digest on any day and machine, with any number of processors: files are \
            sorted, COPY gives them the time of --source-date-epoch, and unpacked files no later one. That time is \
            SOURCE_DATE_EPOCH, or 1970. What RUN writes is as reproducible as the program that writes it.

            The layout keeps what is in it: an image is added, and its name goes from the image that had it to the new \
            one. After an error, a full disk or a kill the layout is as it was.

            EXAMPLES
              raireki build . -t app:1.0 -o layout
              raireki build . -f docker/Dockerfile --target release --build-arg VERSION=1.0 -t app:1.0 --tar app.tar
              raireki build . --from debian:12=bases/debian:12 -t registry.example/app:1.0 -o layout --provenance
              raireki build --rootfs rootfs.tar -t base:1 -o layout
              SOURCE_DATE_EPOCH=1700000000 raireki build . -t app:1.0 -o layout --compression zstd
            """
    )

    @Argument(help: "The context: the folder from which COPY and ADD take files.", completion: .directory)
    var context: String?

    @Option(
        name: [.customShort("f"), .long],
        help: "The Dockerfile; - for standard input. (default: CONTEXT/Dockerfile)",
        completion: .file()
    )
    var file: String?

    @Option(
        name: [.customShort("t"), .customLong("tag")],
        help: "The image's name, repository:tag; may be given again."
    )
    var names: [String] = []

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: "The image layout to which the image is added.",
        completion: .directory
    )
    var layout: String?

    @Option(name: .customLong("tar"), help: "A tar archive of a layout with only this image.", completion: .file())
    var archive: String?

    @Option(help: "os/architecture[/variant], several divided by commas. (default: this machine's)")
    var platform: String?

    @Option(
        name: .customLong("build-arg"),
        help: "NAME=VALUE for ARG; without = from the environment; may be given again."
    )
    var arguments: [String] = []

    @Option(help: "The stage to build. (default: the last)")
    var target: String?

    @Option(name: .customLong("from"), help: "NAME=LAYOUT[:TAG]: where the base image NAME lies; may be given again.")
    var bases: [String] = []

    @Option(name: .customLong("label"), help: "NAME=VALUE in the configuration; may be given again.")
    var labels: [String] = []

    @Option(
        name: .customLong("annotation"),
        help:
            "[manifest|index|manifest-descriptor|index-descriptor:]NAME=VALUE; may be given again. (default: manifest)"
    )
    var annotations: [String] = []

    @Option(help: "How layers are compressed: gzip, zstd or none.")
    var compression: LayerCompression = .gzip

    @Option(
        name: .customLong("compression-level"),
        help: "0 to 9 for gzip (default: 6), 1 to 22 for zstd (default: 3)."
    )
    var level: Int?

    @Flag(help: "Add an attestation manifest with SLSA provenance, as BuildKit does; the image becomes an index.")
    var provenance = false

    @Option(
        name: .customLong("rootfs"),
        help: "A root file system, folder or tar archive, in place of a Dockerfile.",
        completion: .file()
    )
    var rootFileSystem: String?

    @Option(
        name: .customLong("change"),
        help: "With --rootfs: an instruction such as 'CMD [\"/bin/sh\"]'; may be given again."
    )
    var changes: [String] = []

    @Flag(
        name: .customLong("keep-xattrs"),
        help: "Keep the extended attributes user.* and security.capability of files on disk."
    )
    var keepsExtendedAttributes = false

    @Option(
        name: .customLong("source-date-epoch"),
        help: "The time of the image, in seconds since 1970. (default: SOURCE_DATE_EPOCH, or 0)"
    )
    var sourceDateEpoch: Int64?

    @Option(name: .customLong("jobs"), help: "How many processors compress. (default: all)")
    var jobs: Int?

    @OptionGroup var formatOption: FormatOption

    /// How layers are compressed.
    enum LayerCompression: String, ExpressibleByArgument, CaseIterable {
        case gzip, zstd, none
    }

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard layout != nil || archive != nil else {
            throw ValidationError("say where to: -o LAYOUT, --tar FILE, or both")
        }
        guard (context != nil || file != nil) != (rootFileSystem != nil) else {
            throw ValidationError("give either a context with a Dockerfile, or --rootfs")
        }
        guard context != nil || rootFileSystem != nil else { throw ValidationError("give the context, for example .") }
        guard changes.isEmpty || rootFileSystem != nil else { throw ValidationError("--change goes with --rootfs") }
        for pair in labels where !pair.contains("=") { throw ValidationError("--label needs NAME=VALUE: \(pair)") }
        for pair in bases where !pair.contains("=") { throw ValidationError("--from needs NAME=LAYOUT: \(pair)") }
        for text in annotations where BuildRequest.Annotation(parsing: text) == nil {
            throw ValidationError("--annotation needs NAME=VALUE: \(text)")
        }
        let levels: ClosedRange<Int>? =
            switch compression {
            case .gzip: 0...9
            case .zstd: 1...22
            case .none: nil
            }
        if let level, levels?.contains(level) != true {
            throw ValidationError("no level of \(compression.rawValue): \(level)")
        }
        if let jobs, !(1...1024).contains(jobs) {
            throw ValidationError("--jobs needs a number of processors: \(jobs)")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        session.detail("building \(rootFileSystem ?? context ?? ".")" + (file.map { " with \($0)" } ?? ""))
        for base in bases { session.detail("base image: \(base)") }
        let request = try request(session)
        let progress = BuildProgress(session)
        let outputs: [ImageBuilder.Output] = [layout.map { .layout($0) }, archive.map { .archive($0) }].compactMap {
            $0
        }
        let result = try ImageBuilder(request, report: progress.report).build(to: outputs)
        session.write(BuildPage.text(result, names: request.names, format: formatOption.format))
        return .success
    }
}

// MARK: - The request

extension BuildCommand {
    private func request(_ session: Session) throws -> BuildRequest {
        var request = BuildRequest(try input())
        request.arguments = arguments.compactMap { Self.argument($0, session) }
        request.target = target
        if let platform {
            request.platforms = try platform.split(separator: ",").map { try ImagePlatform(String($0)) }
            request.isPlatformStated = true
            guard !request.platforms.isEmpty else { throw AssemblyError(.badPlatform(platform)) }
        }
        request.bases = bases.map { text in
            let (name, path) = Self.pair(text)
            return (name, LayoutSource(parsing: path, isFolder: Self.isFolder))
        }
        request.labels = labels.map(Self.pair)
        request.annotations = annotations.compactMap { BuildRequest.Annotation(parsing: $0) }
        request.names = try names.map { try ImageReference($0) }
        request.compression =
            switch compression {
            case .gzip: .gzip(level: level ?? 6)
            case .zstd: .zstd(level: level ?? 3)
            case .none: .none
            }
        request.created = try created(session)
        request.hasProvenance = provenance
        request.workers = jobs ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        request.temporaryFolder = session.environment["TMPDIR"].flatMap { $0.isEmpty ? nil : $0 } ?? "/tmp"
        request.bubblewrap = Self.program("bwrap", session)
        request.keepsExtendedAttributes = keepsExtendedAttributes
        return request
    }

    private func input() throws -> BuildRequest.Input {
        if let rootFileSystem { return .rootFileSystem(path: rootFileSystem, changes: changes) }
        let context = context ?? "."
        guard Self.isFolder(context) else {
            throw CommandError.cannotRead(path: context, reason: "the context must be a folder")
        }
        let path = file ?? "\(context)/Dockerfile"
        let bytes = path == "-" ? Self.standardInput() : try OutputFile.read(path)
        let name = path == "-" ? "Dockerfile" : String(path.split(separator: "/").last ?? "Dockerfile")
        var input = BuildRequest.DockerfileInput(bytes: bytes, name: name, context: context)
        for candidate in ["\(path).dockerignore", "\(context)/.dockerignore"] where OutputFile.exists(candidate) {
            let name = String(candidate.split(separator: "/").last ?? ".dockerignore")
            input.ignore = (try OutputFile.read(candidate), name)
            break
        }
        return .dockerfile(input)
    }

    private func created(_ session: Session) throws -> Timestamp {
        if let sourceDateEpoch { return Timestamp(seconds: sourceDateEpoch) }
        guard let text = session.environment["SOURCE_DATE_EPOCH"], !text.isEmpty else { return Timestamp(seconds: 0) }
        guard let seconds = Int64(text) else {
            throw CommandError.badVariable(name: "SOURCE_DATE_EPOCH", value: text, needs: "seconds since 1970")
        }
        return Timestamp(seconds: seconds)
    }

    /// `NAME=VALUE`, or `NAME` whose value is in the environment.
    private static func argument(_ text: String, _ session: Session) -> BuildRequest.Pair? {
        guard !text.contains("=") else { return pair(text) }
        return session.environment[text].map { (text, $0) }
    }

    private static func pair(_ text: String) -> BuildRequest.Pair {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        return (String(parts[0]), parts.count > 1 ? String(parts[1]) : "")
    }

    private static func isFolder(_ path: String) -> Bool {
        var status = Glibc.stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    private static func standardInput() -> [UInt8] {
        let chunks = FileChunks(takingOver: dup(STDIN_FILENO))
        var bytes: [UInt8] = []
        while let chunk = try? chunks.next(), bytes.count <= 1 << 20 { bytes += chunk }
        return bytes
    }

    /// The path of a program that the search path finds.
    private static func program(_ name: String, _ session: Session) -> String? {
        let folders = (session.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return folders.map { "\($0)/\(name)" }.first { $0.hasPrefix("/") && access($0, X_OK) == 0 }
    }
}

extension BuildRequest.Annotation {
    /// `[place:]name=value`; nil when it is not that.
    init?(parsing text: String) {
        var rest = text[...]
        var place = Place.manifest
        for candidate in Place.allCases where text.hasPrefix("\(candidate.rawValue):") {
            place = candidate
            rest = rest.dropFirst(candidate.rawValue.count + 1)
        }
        let parts = rest.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else { return nil }
        self.init(place: place, key: String(parts[0]), value: String(parts[1]))
    }
}
