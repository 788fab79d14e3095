internal import Glibc

/// The real material made by others, which lies beside the project and is not part of it.
///
/// Tests that need it carry `.enabled(if: SharedData.isPresent, "../shared/data is absent")`.
package enum SharedData {
    /// `../shared/data` from the project's root; nil where it is absent.
    package static let directory: String? = {
        let candidate = projectRoot + "/../shared/data"
        return access(candidate + "/README.md", R_OK) == 0 ? candidate : nil
    }()

    /// The directory that holds `Package.swift`.
    package static let projectRoot: String = {
        let components = #filePath.split(separator: "/").dropLast(3)
        return "/" + components.joined(separator: "/")
    }()

    /// Whether the material is there.
    package static var isPresent: Bool { directory != nil }

    /// The path of one item of the material.
    ///
    /// - Throws: ``SharedDataError`` where the material is absent.
    package static func path(_ name: String) throws(SharedDataError) -> String {
        guard let directory else { throw .absent(name) }
        return "\(directory)/\(name)"
    }

    /// The bytes of one file of the material.
    ///
    /// - Throws: ``SharedDataError`` where the material is absent or the file cannot be read.
    package static func bytes(_ name: String) throws(SharedDataError) -> [UInt8] {
        try bytes(at: path(name))
    }

    /// The bytes of a file anywhere.
    ///
    /// - Throws: ``SharedDataError`` when the file cannot be read.
    package static func bytes(at path: String) throws(SharedDataError) -> [UInt8] {
        guard let file = fopen(path, "rb") else { throw .unreadable(path) }
        defer { fclose(file) }
        var result: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 {
            result += buffer[..<count]
        }
        guard ferror(file) == 0 else { throw .unreadable(path) }
        return result
    }
}

/// Why real material could not be had.
package enum SharedDataError: Error, Equatable {
    /// There is no `../shared/data`.
    case absent(String)
    /// The file is not there or cannot be read.
    case unreadable(String)
}
