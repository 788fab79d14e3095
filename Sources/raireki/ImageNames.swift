internal import CaseIndex
internal import Cryptography

extension ImageName {
    /// The images that texts name, all images when there are none; the session is told which they are.
    ///
    /// - Throws: ``ImageNameError``, ``CaseError``.
    static func resolve(_ texts: [String], in caseFile: CaseFile, _ session: Session) throws -> [Digest] {
        let images = try resolve(texts, in: caseFile)
        if texts.isEmpty { session.detail("images: all \(images.count) of the case") }
        if !texts.isEmpty { session.detail("images: \(images.map(\.description).joined(separator: ", "))") }
        return images
    }
}
