import ArgumentParser
internal import CaseIndex
internal import Cryptography
internal import Filesystem
internal import Patterns

/// `--platform`: which of an index's images is meant.
struct PlatformOption: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Which of an index's images, for example linux/amd64.",
            valueName: "os/architecture[/variant]"
        )
    )
    var platform: String?

    /// The manifests that are meant: the image itself, or those of an index.
    func manifests(of image: Digest, _ reader: CaseReader) throws -> [PlatformManifest] {
        let all = try PlatformManifest.manifests(of: image, in: reader)
        guard let platform, all.contains(where: { $0.platform != nil }) else { return all }
        let found = all.filter { $0.isFor(platform) }
        guard !found.isEmpty else {
            throw FileCommandError.noSuchPlatform(platform, present: all.compactMap(\.platform))
        }
        return found
    }

    /// The one manifest that is meant.
    func manifest(of image: Digest, _ reader: CaseReader) throws -> PlatformManifest {
        let found = try manifests(of: image, reader)
        guard let first = found.first else { throw FileCommandError.noManifest(image) }
        guard found.count == 1 else {
            throw FileCommandError.severalPlatforms(image, present: found.compactMap(\.platform))
        }
        return first
    }
}

extension PathPattern: ExpressibleByArgument {
    /// Reads a pattern from the command line.
    public init?(argument: String) {
        guard let pattern = try? PathPattern(argument) else { return nil }
        self = pattern
    }
}
