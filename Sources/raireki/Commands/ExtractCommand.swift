import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Evidence
internal import Filesystem
internal import Foundation
internal import Presentation
internal import Report
internal import StrictJSON

/// The command `raireki extract`.
struct ExtractCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "extract",
        abstract: "Take one file out of the evidence, a deleted one too.",
        discussion: """
            Reads the layer from the evidence again, checks that its digest and the SHA-256 of the file are those of \
            the case, and writes the content to the one file that you name. Nothing else is unpacked, and nothing is \
            written when a digest is another one. The run is noted in the custody log.

            A path means the visible file. --deleted means the one that later layers deleted, overwrote or hid; \
            --layer means the one of that layer. When there are several, they are listed. A path that is not UTF-8 is \
            written as files shows it: caf\\xe9.txt, and \\\\ for a backslash.

            The evidence is read where it was imported from, unless --evidence names where it is now.

            EXAMPLES
              raireki extract app:1.0 etc/passwd -o passwd
              raireki extract app:1.0 root/.ssh/id_rsa --deleted -o recovered-key
              raireki extract app:1.0 app/config.json --layer sha256:4bf1c2d9a0e7 -o - | jq .
              raireki extract app:1.0 etc/shadow -o shadow --evidence /media/usb/app.tar
            """
    )

    @Argument(help: "The image: a digest, at least 7 digits of one, or a name.", completion: .imageNames)
    var image: String

    @Argument(help: "The file's path in the image; a / at the beginning may be left out.")
    var path: String

    @Option(
        name: [.short, .customLong("output")],
        help: ArgumentHelp("Where to write the content; - for standard output.", valueName: "file"),
        completion: .file()
    )
    var output: String

    @Option(
        help: ArgumentHelp(
            "The layer whose file is meant: its digest, or at least 7 digits of it.",
            valueName: "digest"
        )
    )
    var layer: String?

    @Flag(help: "The file that later layers deleted, overwrote or hid is meant.")
    var deleted = false

    @Option(help: ArgumentHelp("Where the evidence is now.", valueName: "path"), completion: .file())
    var evidence: String?

    @Flag(help: "Replace the output when there is such a file.")
    var force = false

    @OptionGroup var platformOption: PlatformOption
    @OptionGroup var caseOption: CaseOption
    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let custody = CustodyEntry("extract", session)
        let target = try ExtractionTarget(output, replaces: force, isTerminal: session.isOutputTerminal)
        return try caseOption.withCase(session) { caseFile in
            let image = try ImageName.resolve([image], in: caseFile, session)
            let plan = try caseFile.read { reader in
                let manifest = try image.map { try platformOption.manifest(of: $0, reader) }[0]
                return try makePlan(manifest.digest, reader)
            }
            let facts = plan.facts
            do {
                let source = try plan.extract(to: target, evidence: evidence) { session.write($0) }
                session.detail("read from \(source.path), \(source.digest)")
                session.say("\(plan.sentence) (\(counted(Int(clamping: plan.content.size), "byte")))")
                try custody.append(
                    to: caseFile,
                    session,
                    result: facts + [("evidence", JSONValue("\(source.digest)")), ("written", .bool(true))]
                )
            } catch {
                try? custody.append(to: caseFile, session, result: facts + [("written", .bool(false))])
                throw error
            }
            return .success
        }
    }

    // MARK: - Which file

    private func makePlan(_ image: Digest, _ reader: CaseReader) throws -> ExtractionPlan {
        let stack = try ImageStack(of: image, in: reader)
        let wanted = try meant(stack, reader)
        let all = try FileCandidate.candidates(at: wanted, in: stack, reader)
        let chosen = try choose(all, wanted, stack, reader)
        guard let source = chosen.source, let content = source.entry.content,
            let layer = stack.layers.first(where: { $0.stored?.id == source.layerID }), let stored = layer.stored
        else {
            throw ExtractionError.noContent(path: path, kind: chosen.member.entry.kind, link: chosen.member.entry.link)
        }
        return ExtractionPlan(
            image: image,
            path: wanted,
            layer: stored,
            position: source.position,
            content: content,
            places: try BlobPlace.places(of: stored.digest, in: reader)
        )
    }

    private func choose(
        _ all: [FileCandidate],
        _ path: [UInt8],
        _ stack: ImageStack,
        _ reader: CaseReader
    ) throws -> FileCandidate {
        guard !all.isEmpty else {
            let link = try FileCandidate.linkAbove(path, in: stack, reader)
            throw ExtractionError.noSuchFile(path: self.path, link: link?.entry.path, target: link?.entry.link)
        }
        var fitting = all
        if let layer { fitting = fitting.filter { Self.isNamed($0.layer.digest, layer) } }
        if deleted {
            fitting = fitting.filter { $0.fate.isLost }
        } else if layer == nil {
            fitting = fitting.filter { $0.fate == .visible }
        } else if fitting.count > 1 {
            // Of two with one path in a layer the later counts.
            fitting = fitting.suffix(1)
        }
        guard fitting.count == 1 else {
            throw ExtractionError.notOne(path: self.path, fitting.isEmpty ? all : fitting, fits: !fitting.isEmpty)
        }
        return fitting[0]
    }

    private static func isNamed(_ digest: Digest, _ text: String) -> Bool {
        let bare = text.utf8.starts(with: "sha256:".utf8) ? Array(text.utf8.dropFirst(7)) : Array(text.utf8)
        return bare.count >= ImageName.shortestPrefix && digest.hex.utf8.starts(with: bare)
    }

    /// The path as listings show it; as it stands when only that is there, as other tools show a path with backslashes.
    private func meant(_ stack: ImageStack, _ reader: CaseReader) throws -> [UInt8] {
        let shown = Self.normalized(EscapedText.bytes(shownAs: path))
        let literal = Self.normalized(Array(path.utf8))
        guard shown != literal, try FileCandidate.candidates(at: shown, in: stack, reader).isEmpty,
            try !FileCandidate.candidates(at: literal, in: stack, reader).isEmpty
        else { return shown }
        return literal
    }

    private static func normalized(_ path: [UInt8]) -> [UInt8] {
        let slash = UInt8(ascii: "/")
        let names = path.split(separator: slash).filter { !$0.elementsEqual(".".utf8) }
        return Array(names.joined(separator: [slash]))
    }
}
