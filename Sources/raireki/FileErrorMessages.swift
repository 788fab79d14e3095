internal import Cryptography
internal import Filesystem

/// What keeps the commands about files from their work.
enum FileCommandError: Error, Equatable {
    /// The index lists no image for this platform.
    case noSuchPlatform(String, present: [String])
    /// One image is needed, and the index lists several.
    case severalPlatforms(Digest, present: [String])
    /// The index lists no image that is in the case.
    case noManifest(Digest)
    /// A hash list without any hash.
    case noHashes(path: String)
}

/// Their sentences.
enum FileErrorMessages {
    static func message(_ error: FileCommandError) -> (String, [String]) {
        switch error {
        case .noSuchPlatform(let wanted, let present):
            ("the index lists no image for: \(ErrorMessages.shown(wanted))", platforms(present))
        case .severalPlatforms(let image, let present):
            ("the index lists several images: \(image)", ["name one with --platform"] + platforms(present))
        case .noManifest(let image):
            (
                "no image that the index lists is in the case: \(image)",
                ["import the images as well: raireki import PATH…"]
            )
        case .noHashes(let path):
            (
                "no SHA-256 in the list: \(ErrorMessages.shown(path))",
                ["one digest of 64 hexadecimal digits a line, or lines as sha256sum writes them"]
            )
        }
    }

    private static func platforms(_ present: [String]) -> [String] {
        present.prefix(20).map { "it lists \(ErrorMessages.shown($0))" }
    }

    static func message(_ error: MergedViewError) -> (String, [String]) {
        switch error {
        case .tooManyMembers:
            ("the image has more files than can be put together", ["--layers lists them layer by layer"])
        }
    }
}
