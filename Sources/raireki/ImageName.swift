internal import CaseIndex
internal import Cryptography

/// Why a text does not name one image of a case.
enum ImageNameError: Error, Equatable {
    /// Nothing fits.
    case unknown(String)
    /// Several images fit.
    case ambiguous(String, candidates: [Digest])
    /// A piece of a digest that is too short to be meant as one.
    case tooShort(String)
}

/// Finds the image that somebody means: by its digest, by the beginning of its digest, or by a name.
enum ImageName {
    /// Fewer digits than this are not taken as a digest.
    static let shortestPrefix = 7

    /// The images that texts name; all images when there are none.
    static func resolve(_ texts: [String], in caseFile: CaseFile) throws -> [Digest] {
        try caseFile.read { reader in
            guard !texts.isEmpty else { return try reader.images().map(\.digest) }
            var seen: Set<Digest> = []
            return try texts.map { try resolve($0, reader) }.filter { seen.insert($0).inserted }
        }
    }

    private static func resolve(_ text: String, _ reader: CaseReader) throws -> Digest {
        let known = try images(reader)
        if let digest = try? Digest(parsing: text) {
            guard known.contains(digest) else { throw ImageNameError.unknown(text) }
            return digest
        }
        let named = try byName(text, known, reader)
        if !named.isEmpty { return try single(named, text) }
        guard let prefix = digits(text) else { throw ImageNameError.unknown(text) }
        guard prefix.utf8.count >= shortestPrefix else { throw ImageNameError.tooShort(text) }
        return try single(known.filter { $0.hex.utf8.starts(with: prefix.utf8) }, text)
    }

    /// Whatever can be verified or traced: images, children of an index, and digests that signatures name.
    private static func images(_ reader: CaseReader) throws -> Set<Digest> {
        let manifests = try reader.artifacts(in: [.imageIndex, .imageManifest, .savedImage]).map(\.digest)
        return Set(manifests).union(try reader.images().map(\.digest))
    }

    /// The whole name, else its last part: `app:1.0` for `registry.example/group/app:1.0`, `1.0` for `app:1.0`.
    private static func byName(_ text: String, _ known: Set<Digest>, _ reader: CaseReader) throws -> Set<Digest> {
        let references = try reader.references().filter { known.contains($0.digest) }
        let exact = references.filter { $0.name.hasSameBytes(as: text) }
        if !exact.isEmpty { return Set(exact.map(\.digest)) }
        let ending = references.filter { reference in
            ["/" + text, ":" + text].contains { suffix in
                reference.name.utf8.count > suffix.utf8.count
                    && reference.name.utf8.suffix(suffix.utf8.count).elementsEqual(suffix.utf8)
            }
        }
        return Set(ending.map(\.digest))
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
