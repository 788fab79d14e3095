internal import Foundation
internal import Glibc

/// A folder into which a report of many files is written; its parents are made where they are not there.
struct ReportFolder {
    private let root: String
    private final class Made {
        var folders: Set<String> = []
    }
    private let made = Made()

    /// - Throws: ``CommandError``.
    init(_ path: String) throws {
        root = path
        try make(path)
    }

    /// Where a file of the folder lies.
    func path(_ name: String) -> String {
        "\(root)/\(name)"
    }

    /// Writes one file; names are of this program's making.
    func write(_ text: String, to name: String) throws {
        if let slash = name.lastIndex(of: "/") { try make(path(String(name[..<slash]))) }
        let file = try WrittenFile(path(name))
        try file.write(text)
        try file.finish()
    }

    private func make(_ path: String) throws {
        guard made.folders.insert(path).inserted else { return }
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            throw CommandError.cannotWrite(path: path, reason: "not a folder that can be made")
        }
    }
}
