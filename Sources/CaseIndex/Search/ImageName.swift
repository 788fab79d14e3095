package import Cryptography

/// Why a text does not name one image of a case.
package enum ImageNameError: Error, Equatable {
    /// Nothing fits.
    case unknown(String)
    /// What fits is in the case, and no image.
    case otherArtifact(String, OtherArtifact)
    /// Several images fit.
    case ambiguous(String, candidates: [Digest])
    /// A piece of a digest that is too short to be meant as one.
    case tooShort(String)
}

/// Finds the image that somebody means: by its digest, by the beginning of its digest, or by a name.
package enum ImageName {
    /// Fewer digits than this are not taken as a digest.
    package static let shortestPrefix = 7

    /// The images that texts name; all images when there are none.
    package static func resolve(_ texts: [String], in caseFile: CaseFile) throws -> [Digest] {
        try caseFile.read { reader in
            guard !texts.isEmpty else { return try reader.imageDigests() }
            var seen: Set<Digest> = []
            return try texts.map { try resolve($0, reader) }.filter { seen.insert($0).inserted }
        }
    }

    /// The image that one text names.
    package static func resolve(_ text: String, _ reader: CaseReader) throws -> Digest {
        do {
            return try image(text, reader)
        } catch ImageNameError.unknown {
            guard let other = try reader.otherArtifact(text) else { throw ImageNameError.unknown(text) }
            throw ImageNameError.otherArtifact(text, other)
        }
    }

    private static func image(_ text: String, _ reader: CaseReader) throws -> Digest {
        if let digest = try? Digest(parsing: text) {
            guard try reader.isImage(digest) else { throw ImageNameError.unknown(text) }
            return digest
        }
        let named = try byName(text, reader)
        if !named.isEmpty { return try single(named, text) }
        guard let prefix = digits(text) else { throw ImageNameError.unknown(text) }
        guard prefix.utf8.count >= shortestPrefix else { throw ImageNameError.tooShort(text) }
        return try single(try reader.images(hexPrefix: prefix), text)
    }

    /// The whole name, else its last part: `app:1.0` for `registry.example/group/app:1.0`, `1.0` for `app:1.0`.
    private static func byName(_ text: String, _ reader: CaseReader) throws -> Set<Digest> {
        let exact = try Set(reader.references(named: text).map(\.digest)).filter { try reader.isImage($0) }
        if !exact.isEmpty || text.isEmpty { return exact }
        let ending = try reader.references(endingWith: ["/" + text, ":" + text])
        return try Set(ending.map(\.digest)).filter { try reader.isImage($0) }
    }

    /// The digits of a shortened digest, with or without its algorithm.
    private static func digits(_ text: String) -> String? {
        let bare = text.utf8.starts(with: "sha256:".utf8) ? String(text.utf8.dropFirst(7)) ?? text : text
        let isHex = bare.utf8.allSatisfy { byte in
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
        }
        return isHex && !bare.isEmpty ? bare : nil
    }

    private static func single(_ candidates: some Sequence<Digest>, _ text: String) throws -> Digest {
        let sorted = candidates.sorted()
        guard let first = sorted.first else { throw ImageNameError.unknown(text) }
        guard sorted.count == 1 else { throw ImageNameError.ambiguous(text, candidates: sorted) }
        return first
    }
}
