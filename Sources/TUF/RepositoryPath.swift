/// Where a file lies below the repository's folder: one to five names of a fixed grammar.
///
/// Names that metadata gives become part of a path only through ``init(components:)``, which refuses everything that a
/// file system could read in more than one way.
package struct RepositoryPath: Hashable, Sendable, CustomStringConvertible {
    /// The names, from the folder down.
    package let components: [String]

    private static let maximumComponents = 5
    private static let maximumNameBytes = 255

    /// A path from its names; nil when one of them is not of the grammar.
    package init?(components: [String]) {
        guard (1...Self.maximumComponents).contains(components.count), components.allSatisfy(Self.isName)
        else { return nil }
        self.components = components
    }

    /// The names joined by slashes.
    package var description: String {
        components.joined(separator: "/")
    }

    /// ASCII letters, digits, `.`, `_`, `-` and `@`, beginning with a letter, a digit or `_`, at most 255 bytes.
    static func isName(_ name: String) -> Bool {
        guard let first = name.utf8.first, isWordByte(first), name.utf8.count <= maximumNameBytes else { return false }
        return name.utf8.allSatisfy { isWordByte($0) || "-.@".utf8.contains($0) }
    }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
            true
        default: false
        }
    }
}

/// Gives the bytes of a repository's files.
package protocol RepositorySource {
    /// The bytes of one file; nil when there is none of this name.
    ///
    /// - Parameters:
    ///   - path: Which file.
    ///   - limit: How many bytes it may have at most.
    /// - Returns: All of its bytes.
    /// - Throws: ``TUFError/tooLarge(file:limit:)``, ``TUFError/notAFile(file:)`` or
    ///   ``TUFError/unreadable(file:code:)``.
    func bytes(of path: RepositoryPath, limit: Int) throws(TUFError) -> [UInt8]?
}

/// A file that was found under one of its names.
struct RepositoryFile {
    let name: String
    let bytes: [UInt8]
}

extension RepositorySource {
    /// The first of these paths that there is.
    func first(of paths: [RepositoryPath], limit: Int) throws(TUFError) -> RepositoryFile {
        for path in paths {
            guard let bytes = try bytes(of: path, limit: limit) else { continue }
            guard bytes.count <= limit else { throw .tooLarge(file: path.description, limit: limit) }
            return RepositoryFile(name: path.description, bytes: bytes)
        }
        throw .missing(names: paths.map(\.description))
    }
}
