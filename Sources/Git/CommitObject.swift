package import Cryptography

/// A commit (git, gitformat-commit).
package struct CommitObject: Hashable, Sendable {
    /// Its name.
    package let name: ObjectName
    /// SHA-256 of its content, which no collision of SHA-1 reaches.
    package let digest: Digest
    /// The tree that it records.
    package let tree: ObjectName
    /// Its parents in their order.
    package let parents: [ObjectName]
    /// Who wrote it, as it says.
    package let author: PersonStamp
    /// Who committed it, as it says.
    package let committer: PersonStamp
    /// The first paragraph of its message, in one line.
    package let subject: String
    /// The encoding that it states, if any.
    package let encoding: String?
    /// The form of its signature, if it has one.
    package let signature: SignatureForm?
    /// Its content, when it is signed or cannot be told in full by the fields above.
    package let content: [UInt8]?

    /// The headers that may occur once.
    static let uniqueHeaders = ["tree", "author", "committer", "encoding", "gpgsig", "gpgsig-sha256"]
    /// More parents than any octopus has.
    static let maximumParents = 16_384

    /// Reads a commit; nil when it has no tree, author or committer where git looks for them.
    init?(_ name: ObjectName, _ content: [UInt8], _ warn: (GitWarning.Code, String) -> Void) {
        guard let read = ObjectHeaders(content), let first = read.headers.first, first.name.elementsEqual("tree".utf8),
            let tree = ObjectName(hex: first.value), tree.format == name.format
        else { return nil }
        var parents: [ObjectName] = []
        for header in read.headers.dropFirst() {
            guard header.name.elementsEqual("parent".utf8) else { break }
            guard parents.count < Self.maximumParents, let parent = ObjectName(hex: header.value),
                parent.format == name.format
            else { return nil }
            parents.append(parent)
        }
        guard let author = read.first("author"), let committer = read.first("committer") else { return nil }
        var isOdd = false
        if read.headers.count(where: { $0.name.elementsEqual("parent".utf8) }) > parents.count {
            isOdd = true
            warn(.objectMalformed, "a parent stands elsewhere than after the tree; git does not count it")
        }
        for name in read.repeated(of: Self.uniqueHeaders) {
            isOdd = true
            warn(.duplicateHeader, "the header \(name) occurs again; the first one counts")
        }
        let stated = read.first("encoding")
        let encoding = TextEncoding(stated)
        self.name = name
        digest = Digest(hashing: content)
        self.tree = tree
        self.parents = parents
        self.author = PersonStamp(author, encoding)
        self.committer = PersonStamp(committer, encoding)
        if self.author.time == nil || self.committer.time == nil {
            isOdd = true
            warn(.time, "a time that is none, or that no date can be written for")
        }
        let (subject, isWhole) = Subject.line(of: read.message, encoding)
        self.subject = subject
        self.encoding = stated.map { String(decoding: $0.prefix(64), as: UTF8.self) }
        let isSHA256 = name.format == .sha256
        let armour = read.first(ObjectSignature.headers[isSHA256 ? 1 : 0])
        signature = armour.map { SignatureForm(beginning: $0) ?? .unknown }
        isOdd = isOdd || !isWhole || !self.author.isText || !self.committer.isText
        self.content = signature != nil || isOdd ? content : nil
    }
}

/// The first paragraph of a message.
enum Subject {
    /// Longer ones are cut, in bytes.
    private static let maximumBytes = 1024

    static func line(of message: ArraySlice<UInt8>, _ encoding: TextEncoding) -> (text: String, isWhole: Bool) {
        var bytes: [UInt8] = []
        for line in message.prefix(Self.maximumBytes * 4).split(separator: 0x0A, omittingEmptySubsequences: false) {
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
                if bytes.isEmpty { continue }
                break
            }
            if !bytes.isEmpty { bytes.append(0x20) }
            bytes.append(contentsOf: line)
        }
        // Not in the middle of a character.
        var cut = bytes.prefix(Self.maximumBytes)
        while cut.count < bytes.count, let last = cut.last, last & 0xC0 == 0x80 || last & 0xC0 == 0xC0 {
            cut = cut.dropLast()
            if last & 0xC0 == 0xC0 { break }
        }
        return encoding.decode(cut)
    }
}
