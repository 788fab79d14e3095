import Foundation
import Git

/// The files of a folder as a container shows them.
func files(below root: String) throws -> [RepositoryFile] {
    let manager = FileManager.default
    return try manager.subpathsOfDirectory(atPath: root).sorted().compactMap { path in
        let whole = "\(root)/\(path)"
        let type = try manager.attributesOfItem(atPath: whole)[.type] as? FileAttributeType
        let kind: RepositoryFile.Kind
        switch type {
        case .typeDirectory?: return nil
        case .typeRegular?: kind = .file
        case .typeSymbolicLink?: kind = .symbolicLink
        default: kind = .other
        }
        return RepositoryFile(path: Array(path.utf8), kind: kind) {
            kind == .file ? manager.contents(atPath: whole).map { MemoryBytes(Array($0)) } : nil
        }
    }
}

extension RepositoryContents {
    func commit(_ name: String) -> CommitObject? {
        commits.first { "\($0.name)" == name }
    }

    func reference(_ name: String) -> Reference? {
        references.first { $0.name.elementsEqual(name.utf8) }
    }

    var codes: [GitWarning.Code] { warnings.map(\.code) }
}
