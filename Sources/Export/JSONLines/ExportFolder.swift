package import Cryptography
internal import Foundation
internal import Glibc
internal import StrictJSON

/// An export that lies in a folder.
package struct ExportFolder {
    /// The folder.
    package let path: String
    /// The case, the state and the number of rows that the manifest states.
    package let caseID: String, head: String, rows: Int64
    private let listBytes: [UInt8]
    private let list: DigestList
    private let signature: [UInt8]?

    static let manifestName = "manifest.json"
    static let manifestSchema = "urn:raireki:export:1"

    /// What lies at a path: nil for nothing, or an empty folder.
    ///
    /// - Throws: ``ExportError/foreignFolder(path:name:)`` when it is something else than an export.
    static func existing(at path: String) throws -> ExportFolder? {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw ExportError.foreignFolder(path: path, name: "a file") }
        let names = try names(in: path)
        guard let first = names.sorted().first else { return nil }
        let folder: ExportFolder
        do {
            folder = try ExportFolder(path)
        } catch is ExportError {
            throw ExportError.foreignFolder(path: path, name: first)
        }
        let known = Set(folder.list.digests.keys).union([DigestList.name, DigestList.signatureName])
        if let foreign = names.subtracting(known).sorted().first {
            throw ExportError.foreignFolder(path: path, name: foreign)
        }
        return folder
    }

    /// Reads the lists of an export.
    ///
    /// - Throws: ``ExportError/notAnExport(path:reason:)`` and ``ExportError/cannotRead(path:reason:)``.
    package init(_ path: String) throws {
        self.path = path
        let listBytes = try Self.read("\(path)/\(DigestList.name)", limit: 256 << 20)
        guard let list = DigestList(parsing: listBytes) else {
            throw ExportError.notAnExport(path: path, reason: "\(DigestList.name) is no list of digests")
        }
        (self.listBytes, self.list) = (listBytes, list)
        let manifest = try? JSONValue(parsing: try Self.read("\(path)/\(Self.manifestName)", limit: 64 << 20))
        guard let manifest, manifest["schema"]?.string == Self.manifestSchema,
            let caseID = manifest["case"]?.string, let head = manifest["head"]?.string
        else { throw ExportError.notAnExport(path: path, reason: "\(Self.manifestName) is no manifest of an export") }
        (self.caseID, self.head) = (caseID, head)
        var rows: Int64 = 0
        for table in manifest["tables"]?.array ?? [] {
            rows = rows.addingReportingOverflow(table["rows"]?.int64 ?? 0).partialValue
        }
        self.rows = rows
        let signaturePath = "\(path)/\(DigestList.signatureName)"
        signature = access(signaturePath, F_OK) == 0 ? try Self.read(signaturePath, limit: 64 << 10) : nil
    }

    // MARK: - Replacing

    func checkReplaceable(by exported: ExportedCase, isForced: Bool) throws {
        guard caseID == exported.id else { throw ExportError.otherCase(target: path, found: caseID) }
        guard isForced || exported.states.contains(head) else {
            throw ExportError.otherState(target: path, found: head)
        }
    }

    /// Whether the folder holds just these files, with a signature by this key if there is one.
    func holds(_ text: [UInt8], signedBy key: SigningKey?) throws -> Bool {
        guard listBytes == text else { return false }
        let publicKey = try key.map { try PublicKey(subjectPublicKeyInfo: $0.subjectPublicKeyInfo) }
        return try check(key: publicKey).holds
    }

    // MARK: - Checking

    /// What checking found.
    package struct Check: Sendable {
        /// How many files are what the list says.
        package var files = 0
        /// Files that are something else.
        package var changed: [String] = []
        /// Files that are not there.
        package var missing: [String] = []
        /// Files of which the list says nothing.
        package var unlisted: [String] = []
        /// Whether the signature is by the key; nil when no key was given.
        package var isSigned: Bool?
        /// Whether there is a signature.
        package var hasSignature = false
        /// The digest of the list.
        package var digest: Digest

        /// Whether nothing is wrong.
        package var holds: Bool { changed.isEmpty && missing.isEmpty && unlisted.isEmpty && isSigned != false }
    }

    /// Reads every file again.
    ///
    /// - Parameter key: Whose signature there must be; nil asks for none.
    /// - Returns: What was found.
    /// - Throws: ``ExportError/cannotRead(path:reason:)``.
    package func check(key: PublicKey?) throws -> Check {
        var result = Check(digest: Digest(hashing: listBytes))
        let names = try Self.names(in: path)
        for (name, digest) in list.digests.sorted(by: { $0.key < $1.key }) {
            guard names.contains(name) else {
                result.missing.append(name)
                continue
            }
            if try Self.digest("\(path)/\(name)").hex == digest {
                result.files += 1
            } else {
                result.changed.append(name)
            }
        }
        let known = Set(list.digests.keys).union([DigestList.name, DigestList.signatureName])
        result.unlisted = names.subtracting(known).sorted()
        result.hasSignature = signature != nil
        if let key {
            let bytes = signature.flatMap { String(validating: $0, as: UTF8.self) }
                .flatMap { Base64.decode($0.filter { !$0.isNewline }) }
            result.isSigned = bytes.map { key.isValid(signature: $0, for: listBytes) } ?? false
        }
        return result
    }

    // MARK: - Files

    /// The names of all files below a folder, and of folders without any; what is no plain file is listed too.
    private static func names(in path: String) throws -> Set<String> {
        guard let walker = FileManager.default.enumerator(atPath: path) else {
            throw ExportError.cannotRead(path: path, reason: "not a folder")
        }
        var names: Set<String> = []
        while let name = walker.nextObject() as? String {
            if walker.fileAttributes?[.type] as? FileAttributeType == .typeDirectory { continue }
            names.insert(name)
        }
        return names
    }

    private static func open(_ path: String) throws -> Int32 {
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw ExportError.cannotRead(path: path, reason: String(cString: strerror(errno)).lowercased())
        }
        return descriptor
    }

    private static func forEachPiece(_ path: String, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        let descriptor = try open(path)
        defer { close(descriptor) }
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 16)
        defer { buffer.deallocate() }
        while true {
            let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw ExportError.cannotRead(path: path, reason: String(cString: strerror(errno)).lowercased())
            }
            if count == 0 { return }
            try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
        }
    }

    private static func digest(_ path: String) throws -> Digest {
        var hasher = try DigestHasher(.sha256)
        try forEachPiece(path) { hasher.update($0) }
        return hasher.finish()
    }

    private static func read(_ path: String, limit: Int) throws -> [UInt8] {
        var bytes: [UInt8] = []
        try forEachPiece(path) { piece in
            guard bytes.count + piece.count <= limit else {
                throw ExportError.cannotRead(path: path, reason: "more than \(limit) bytes")
            }
            bytes += piece
        }
        return bytes
    }
}
