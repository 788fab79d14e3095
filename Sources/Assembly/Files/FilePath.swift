/// Paths as lists of names.
enum FilePath {
    /// The names of a path, without empty ones and single dots; `..` stays.
    static func components(_ path: some Sequence<UInt8>) -> [[UInt8]] {
        Array(path).split(separator: UInt8(ascii: "/")).map(Array.init).filter { $0 != [UInt8(ascii: ".")] }
    }

    /// The names of a path.
    static func components(_ path: String) -> [[UInt8]] {
        components(Array(path.utf8))
    }

    /// The path after every `..` took the name before it away; nil when it leads above where it begins.
    static func normalized(_ components: [[UInt8]]) -> [[UInt8]]? {
        var result: [[UInt8]] = []
        for name in components {
            guard name == Self.parent else {
                result.append(name)
                continue
            }
            guard result.popLast() != nil else { return nil }
        }
        return result
    }

    /// The name of the folder above.
    static let parent = Array("..".utf8)

    /// A path within an image, made absolute: `..` at the top stays at the top.
    static func absolute(_ path: String, in folder: String) -> [[UInt8]] {
        var result: [[UInt8]] = []
        let start = path.utf8.first == UInt8(ascii: "/") ? [] : components(folder)
        for name in start + components(path) {
            if name == parent { _ = result.popLast() } else { result.append(name) }
        }
        return result
    }

    /// The bytes of a path, without a slash at either end.
    static func bytes(_ components: [[UInt8]]) -> [UInt8] {
        Array(components.joined(separator: "/".utf8))
    }

    /// A path for messages.
    static func shown(_ components: [[UInt8]]) -> String {
        String(decoding: bytes(components), as: UTF8.self)
    }

    /// A path that begins with a slash.
    static func absoluteText(_ components: [[UInt8]]) -> String {
        "/" + shown(components)
    }
}
