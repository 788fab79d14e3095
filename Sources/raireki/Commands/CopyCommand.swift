import ArgumentParser
internal import Cryptography
internal import Signing
internal import StrictJSON

/// The command `raireki copy`.
struct CopyCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copy an image with everything that speaks of it: signatures, attestations, other referrers.",
        discussion: """
            Finds what is attached to the image, and to every manifest below an index, wherever it is stored: under \
            cosign's names, in lists of referrers, or in blobs that nothing lists, as cosign saves bundles. Everything \
            is listed in the copy. Every blob is compared with its digest on the way.

            The destination is a layout, which is made or added to, or a tar archive when its name ends in .tar.

            EXAMPLES
              raireki copy layout:1.0 handover/
              raireki copy layout:1.0 handover.tar
            """
    )

    @OptionGroup var formatOption: FormatOption

    @Argument(
        help: ArgumentHelp("The image: LAYOUT, LAYOUT:TAG or LAYOUT@DIGEST.", valueName: "image"),
        completion: .directory
    )
    var image: String

    @Argument(help: ArgumentHelp("The layout or .tar file.", valueName: "destination"), completion: .file())
    var destination: String

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let reference = LayoutReference(parsing: image)
        let source = try LayoutFolder(opening: reference.path, isReadOnly: true)
        let found = try source.image(reference.image)
        let copied: CopiedImage
        if destination.utf8.suffix(4).elementsEqual(".tar".utf8) {
            var archive = LayoutArchive()
            copied = try archive.copy(found, from: source)
            try archive.write(to: destination)
        } else {
            copied = try LayoutFolder.adding(to: destination) { layout throws(LayoutError) in
                try layout.copy(found, from: source)
            }
        }
        report(copied, session)
        return copied.missing.isEmpty ? .success : .finding
    }

    private func report(_ copied: CopiedImage, _ session: Session) {
        for digest in copied.missing { session.say("note: not in the layout, so not copied: \(digest)") }
        switch formatOption.format {
        case .text:
            let parts = [
                counted(copied.named, "manifest") + " under cosign's names", counted(copied.referrers, "referrer"),
            ]
            session.write("\(copied.image): \(parts.joined(separator: ", "))\n")
        case .json:
            let document: JSONValue = [
                "schema": "urn:raireki:copy:1", "image": JSONValue("\(copied.image)"),
                "named": JSONValue(copied.named), "referrers": JSONValue(copied.referrers),
                "missing": .array(copied.missing.map { JSONValue("\($0)") }),
            ]
            session.write(document.pretty + "\n")
        }
    }
}

/// The command `raireki convert`.
struct ConvertCommand: RairekiCommand {
    static let configuration = CommandConfiguration(
        commandName: "convert",
        abstract: "Bring signatures from one storage into the other; what is signed never changes.",
        discussion: """
            Simple signatures and attestations lie either under the names sha256-….sig and .att, where every cosign \
            looks, or in manifests that refer to the image (oci-1-1), which GitLab's registry shows. This stores them in \
            the other way as well, byte for byte. Bundles sign other bytes and stay what they are.

            EXAMPLES
              raireki convert --to legacy layout:1.0
              raireki convert --to oci-1-1 --remove layout/
            """
    )

    @Option(help: ArgumentHelp("The storage: oci-1-1 or legacy.", valueName: "storage"))
    var to: StorageConversion.Target

    @Flag(help: "Take the old storage away.") var remove = false

    @Flag(help: "Of an index, convert what speaks of every manifest in it as well.") var recursive = false

    @Argument(
        help: ArgumentHelp("The images: LAYOUT, LAYOUT:TAG or LAYOUT@DIGEST.", valueName: "image"),
        completion: .directory
    )
    var images: [String]

    @OptionGroup(title: "Common options") var talk: MannerOptions

    func work(_ session: Session) throws -> ExitStatus {
        let conversion = StorageConversion(to: to, removesOld: remove)
        let outcomes = try SigningTargets(images).forEachBatch(isRecursive: recursive, session) { targets in
            var layouts: [LayoutFolder] = []
            var outcomes: [StorageConversion.Outcome] = []
            for target in targets {
                var layout = target.layout
                for image in target.images { outcomes.append(try conversion.convert(image, in: &layout)) }
                layouts.append(layout)
            }
            return (layouts, outcomes)
        }
        for outcome in outcomes {
            session.write("\(outcome.image): \(counted(outcome.converted, "manifest")) converted\n")
            if outcome.bundles > 0 {
                session.say("note: \(counted(outcome.bundles, "bundle")) stay as they are; they sign another document")
            }
        }
        return .success
    }
}

extension StorageConversion.Target: ExpressibleByArgument {}
