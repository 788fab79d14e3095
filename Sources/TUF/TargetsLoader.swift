internal import Cryptography
internal import StrictJSON

/// Loads and verifies targets metadata of one repository (TUF specification §5.6).
struct TargetsLoader<Source: RepositorySource> {
    let source: Source
    let limits: TUFLimits
    let time: Timestamp
    let isConsistent: Bool
    let snapshotFile: String
    let listed: [JSONString: ListedFile]

    func load(_ keys: RoleKeys) throws(TUFError) -> (metadata: TargetsMetadata, verified: VerifiedFile) {
        let name = "\(keys.name).json"
        guard let expected = listed[JSONString(name)] else { throw .notListed(in: snapshotFile, name: name) }
        let paths = TUFClient<Source>.paths(keys.name, expected.version, isConsistent: isConsistent)
        let file = try source.first(of: paths, limit: limits.targets)
        try expected.verify(file)
        let metadata = try SignedMetadata(file.bytes, file: file.name, type: "targets")
        let count = try keys.verify(metadata)
        guard metadata.version == expected.version else {
            throw .wrongVersion(file: file.name, expected: expected.version, found: metadata.version)
        }
        try metadata.verifyFreshness(of: keys.name, at: time)
        return (try TargetsMetadata(metadata), VerifiedFile(metadata, keys.name, [count]))
    }

    func bytes(of name: TargetName, _ target: ListedTarget) throws(TUFError) -> RepositoryFile {
        let file = try source.first(of: name.paths(target.digests), limit: limits.target)
        try target.verify(file)
        return file
    }
}
