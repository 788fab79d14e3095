internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report

/// From what pages are made.
struct PageSources {
    let reader: CaseReader
    let caseFile: CaseFile
    let logChecks: KeptLogCheck

    /// The image that a text names: a digest, the beginning of one, or a name.
    ///
    /// - Throws: ``BrowseError`` when it names none or several.
    func image(_ text: String) throws -> Digest {
        do {
            return try ImageName.resolve(text, reader)
        } catch ImageNameError.ambiguous(_, let candidates) {
            throw BrowseError.ambiguous(text: text, candidates: candidates)
        } catch is ImageNameError {
            throw BrowseError.noSuchRecord(kind: "image", text: text)
        }
    }

    /// Images as the report's index shows them, traced anew.
    func lines(_ images: [Digest]) throws -> [ImageLine] {
        let histories = try RepositoryHistories(reader)
        let protected = try reader.protectedBranches()
        return try images.map { image in
            let trace = try Trace(of: image, in: reader, histories, protected: protected, depth: .line)
            return ImageLine(try trace.withStoredComparisons(reader))
        }
    }

    /// What images come to in one word, traced anew without what only their own pages show.
    func standings(_ images: [Digest]) throws -> [(image: Digest, standing: Standing)] {
        let histories = try RepositoryHistories(reader)
        let protected = try reader.protectedBranches()
        return try images.map { image in
            (image, try Trace(of: image, in: reader, histories, protected: protected, depth: .findings).standing)
        }
    }

    /// The name of an image for people.
    func name(of image: Digest) throws -> String {
        try reader.names(of: image).first ?? image.short
    }
}
