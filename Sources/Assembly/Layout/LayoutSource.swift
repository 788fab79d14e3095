/// A layout in which a base image lies.
package struct LayoutSource: Hashable, Sendable {
    /// The layout's folder.
    package let path: String
    /// Which image: a name, a tag or a digest; nil for the only one.
    package let image: String?

    /// An image of a layout.
    package init(path: String, image: String?) {
        (self.path, self.image) = (path, image)
    }

    /// Reads `LAYOUT`, `LAYOUT:TAG` or `LAYOUT@DIGEST`.
    ///
    /// - Parameters:
    ///   - text: What was given.
    ///   - isFolder: Whether a path is a folder, by which a colon in it is told from one before a tag.
    package init(parsing text: String, isFolder: (String) -> Bool) {
        guard !isFolder(text) else {
            (path, image) = (text, nil)
            return
        }
        if let at = text.firstRange(of: "@sha256:") {
            (path, image) = (String(text[..<at.lowerBound]), String(text[text.index(after: at.lowerBound)...]))
            return
        }
        for colon in text.indices where text[colon] == ":" && isFolder(String(text[..<colon])) {
            (path, image) = (String(text[..<colon]), String(text[text.index(after: colon)...]))
            return
        }
        (path, image) = (text, nil)
    }
}
