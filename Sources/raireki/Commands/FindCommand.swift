import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Report
internal import StrictJSON

/// The command `raireki find`.
struct FindCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "find",
        abstract: "Search the whole case.",
        subcommands: [FindImagesCommand.self, FindFileCommand.self]
    )
}

/// The command `raireki find file`.
struct FindFileCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "file",
        abstract: "Find a file in every layer of every image, by its content or path.",
        discussion: """
            Tells which layers hold the file, which step of the build made them, what became of it in each image \
            (visible, overwritten, deleted or hidden, and by which layer), and who signed those images. Deleted files \
            are found as well: their bytes are still in the image.

            In --path * stands for any characters within one name, and ** for any number of folders (at the end for \
            at least one name); the pattern must fit the whole path. Whiteouts of such paths are found too. \
            A path that is not UTF-8 is written as it is shown: caf\\xe9.txt, and \\\\ for a backslash.

            A hash list holds one SHA-256 a line, or lines as sha256sum writes them; # begins a comment. Other lines \
            are counted and told.

            Exit status 0 says that something was found, 1 that nothing was, as grep does, or that the files of some \
            layers are not all known: what was found is shown, and there may be more; 2 is trouble.

            EXAMPLES
              raireki find file --sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
              raireki find file --path '**/id_rsa' --path 'root/.aws/**'
              raireki find file --hash-list bad-files.sha256 --format json
            """
    )

    @Option(name: .customLong("sha256"), help: ArgumentHelp("The SHA-256 of the file's content.", valueName: "hex"))
    var digests: [SHA256Argument] = []

    @Option(help: ArgumentHelp("A pattern for the file's path.", valueName: "glob"))
    var path: [PathPattern] = []

    @Option(help: ArgumentHelp("A file with a list of SHA-256 digests.", valueName: "file"), completion: .file())
    var hashList: [String] = []

    @OptionGroup var caseOption: CaseOption
    @OptionGroup var formatOption: FormatOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func validate() throws {
        guard !(digests.isEmpty && path.isEmpty && hashList.isEmpty) else {
            throw ValidationError("Say what to find: --sha256, --path or --hash-list.")
        }
    }

    func work(_ session: Session) throws -> ExitStatus {
        var wanted = digests.map(\.bytes)
        var skipped = 0
        for file in hashList {
            let list = HashList(try OutputFile.read(file, limit: Self.listLimit))
            guard !list.digests.isEmpty else { throw FileCommandError.noHashes(path: file) }
            wanted += list.digests
            skipped += list.skipped
        }
        if skipped > 0 { session.say("\(counted(skipped, "line")) of the lists held no SHA-256") }
        var seen: Set<[UInt8]> = []
        wanted = wanted.filter { seen.insert($0).inserted }
        return try caseOption.withCaseToRead(session) { caseFile in
            try caseFile.read { reader in
                var page = FindPage(session, formatOption.format)
                try page.write(wanted, path, FileSearch(reader), skippedLines: skipped)
                let status: ExitStatus = page.found > 0 && page.gaps.isEmpty ? .success : .finding
                return try IncompleteImport(reader).status(session, otherwise: status)
            }
        }
    }

    /// Ten million digests.
    private static let listLimit = 1 << 30
}

extension SHA256Argument: ExpressibleByArgument {
    /// Reads 64 hexadecimal digits, with or without `sha256:`.
    init?(argument: String) {
        guard let bytes = HashList.digest(Array(argument.utf8)) else { return nil }
        self.bytes = bytes
    }
}

/// Writes what was found, a search at a time.
struct FindPage {
    private let session: Session
    private let format: FormatOption.Format
    private let output: BufferedOutput
    private var isFirst = true
    /// How many members were found.
    private(set) var found = 0
    private var unmatched = 0
    /// The layers in which the search could not look, or not everywhere.
    private(set) var gaps = LayerGaps(absent: 0, partial: 0)

    init(_ session: Session, _ format: FormatOption.Format) {
        self.session = session
        self.format = format
        output = BufferedOutput(session)
    }

    mutating func write(
        _ digests: [[UInt8]],
        _ patterns: [PathPattern],
        _ search: FileSearch,
        skippedLines: Int
    ) throws {
        if format == .json { output.write("{\n  \"schema\": \"\(Document.schema("found-files"))\",\n  \"files\": [") }
        let bar = ProgressBar(session, title: "looking for", of: .things("digests"))
        defer { bar.finish() }
        for (index, digest) in digests.enumerated() {
            let hits = try search.find(content: digest)
            add(hits, ("sha256", JSONValue(Hexadecimal.encode(digest))))
            // Where the answer goes to the same terminal, it shows by itself how far it is.
            if !session.isOutputTerminal { bar.show(Int64(index) + 1, of: Int64(digests.count)) }
        }
        for pattern in patterns { add(try search.find(pattern), ("pattern", JSONValue(pattern.source))) }
        gaps = try search.gaps()
        let searches = digests.count + patterns.count
        if format == .json {
            let counts = [
                ("searches", searches), ("unmatched", unmatched), ("skippedLines", skippedLines),
                ("unknownLayers", gaps.absent), ("partlyKnownLayers", gaps.partial),
            ]
            output.write("\n  ],\n" + counts.map { "  \"\($0)\": \($1)" }.joined(separator: ",\n") + "\n}\n")
        }
        output.flush()
        sayWhatIsMissing(searches)
    }

    /// Says what was not found, and claims no more than was looked at.
    private func sayWhatIsMissing(_ searches: Int) {
        let place = gaps.isEmpty ? "not in the case" : "not in the layers whose files are known"
        if searches > 1 {
            session.say("\(searches - unmatched) of \(searches) found, \(unmatched) \(place)")
        } else if found == 0 {
            session.say(place)
        }
        guard !gaps.isEmpty else { return }
        session.say("incomplete: \(FindText.gaps(gaps))")
        session.say("hint: raireki files IMAGE says which layers of an image these are")
    }

    private mutating func add(_ hits: [FileHit], _ reason: (String, JSONValue)) {
        found += hits.count
        if hits.isEmpty { unmatched += 1 }
        for hit in hits {
            switch format {
            case .text: output.write((isFirst ? "" : "\n") + FindText.hit(hit, session.style))
            case .json:
                let value = JSONValue.object(JSONObject([reason])).merged(with: FindText.json(hit))
                output.write((isFirst ? "\n    " : ",\n    ") + value.compact)
            }
            isFirst = false
        }
    }
}

extension JSONValue {
    /// The members of two objects.
    fileprivate func merged(with other: JSONValue) -> JSONValue {
        let members = (object?.members ?? []) + (other.object?.members ?? [])
        var taken: Set<JSONString> = []
        let pairs = members.filter { taken.insert($0.name).inserted }.map { ($0.name.text, $0.value) }
        return .object(JSONObject(pairs))
    }
}
