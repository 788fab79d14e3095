package import Cryptography

/// An annotated tag (git, gitformat-… `mktag`).
package struct TagObject: Hashable, Sendable {
    /// Its name as an object.
    package let name: ObjectName
    /// SHA-256 of its content.
    package let digest: Digest
    /// What it points at.
    package let target: ObjectName
    /// What kind of object that is, as it says.
    package let targetKind: String
    /// What it calls itself.
    package let tag: String
    /// Who made it, as it says; old tags say nobody.
    package let tagger: PersonStamp?
    /// The first paragraph of its message, in one line.
    package let subject: String
    /// The form of its signature, if it has one.
    package let signature: SignatureForm?
    /// Its content, when it is signed or cannot be told in full by the fields above.
    package let content: [UInt8]?

    private static let maximumNameBytes = 1024

    /// Reads a tag; nil when it points at nothing.
    init?(_ name: ObjectName, _ content: [UInt8], _ warn: (GitWarning.Code, String) -> Void) {
        guard let read = ObjectHeaders(content), let first = read.headers.first,
            first.name.elementsEqual("object".utf8), let target = ObjectName(hex: first.value),
            target.format == name.format, let kind = read.first("type"), let tag = read.first("tag"),
            let targetKind = ["commit", "tree", "blob", "tag"].first(where: { kind.elementsEqual($0.utf8) })
        else { return nil }
        var isOdd = false
        for name in read.repeated(of: ["object", "type", "tag", "tagger", "gpgsig", "gpgsig-sha256"]) {
            isOdd = true
            warn(.duplicateHeader, "the header \(name) occurs again; the first one counts")
        }
        self.name = name
        digest = Digest(hashing: content)
        self.target = target
        self.targetKind = targetKind
        let encoding = TextEncoding(read.first("encoding"))
        let (text, isTagText) = encoding.decode(tag.prefix(Self.maximumNameBytes))
        self.tag = text
        tagger = read.first("tagger").map { PersonStamp($0, encoding) }
        if let tagger, tagger.time == nil {
            isOdd = true
            warn(.time, "a time that is none, or that no date can be written for")
        }
        let (subject, isWhole) = Subject.line(of: read.message, encoding)
        self.subject = subject
        signature = ObjectSignature(tag: content, isSHA256: name.format == .sha256)?.form
        isOdd = isOdd || !isWhole || !isTagText || tagger?.isText == false
        self.content = signature != nil || isOdd ? content : nil
    }
}
