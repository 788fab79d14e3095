internal import Cryptography
internal import StrictJSON

/// A private trust domain on disk: certificate authority, certificate log, two transparency logs and timestamp authority.
///
/// Its keys are sealed with a password; the keys of the two roots lie in a file of their own, which may be taken
/// elsewhere, because signing does not need them.
package struct StoredAuthority: Sendable {
    /// As the user named it.
    package let path: String
    /// What it says of itself.
    package let description: AuthorityDescription
    private let keys: [String: SigningKey]
    private let chains: (certificates: [[UInt8]], timestamps: [[UInt8]])

    /// The PEM label of sealed keys.
    private static let label = "ENCRYPTED RAIREKI AUTHORITY KEYS"
    /// The keys that signing needs.
    private static let onlineKeys: [(use: String, kind: SigningKey.Kind)] = [
        ("certificate-intermediate", .p384), ("certificate-log", .p256), ("transparency-log", .p256),
        ("tile-log", .ed25519), ("timestamp-leaf", .p256),
    ]
    /// The keys that signing does not need.
    private static let rootKeys: [(use: String, kind: SigningKey.Kind)] = [
        ("certificate-root", .p384), ("timestamp-root", .p384),
    ]
    private static let smallFile: Int64 = 1 << 20

    /// Opens an authority for signing.
    ///
    /// - Throws: ``AuthorityError``.
    package init(opening path: String, password: [UInt8]) throws {
        let folder = try Self.folder(path)
        self.path = path
        description = try AuthorityDescription(reading: folder)
        keys = try Self.unseal(Self.file("keys.sealed", in: folder), path: path, password: password)
        chains = (
            try Self.certificates("fulcio.pem", in: folder), try Self.certificates("tsa.pem", in: folder)
        )
        try checkKeys()
    }

    /// Certificates are compared with keys once, so that no leaf is issued that nobody can verify.
    private func checkKeys() throws {
        for (chain, use) in [(chains.certificates, "certificate-intermediate"), (chains.timestamps, "timestamp-leaf")] {
            guard chain.count == 2, let certificate = try? Certificate(der: chain[0]), let key = keys[use],
                certificate.publicKey.subjectPublicKeyInfo == key.subjectPublicKeyInfo
            else { throw AuthorityError.damaged(path: path, reason: "a certificate is not that of its key") }
        }
    }

    static func folder(_ path: String) throws -> Folder {
        do throws(StorageError) {
            return try Folder(opening: path)
        } catch .notAFolder {
            throw AuthorityError.notAnAuthority(path: path)
        } catch {
            throw AuthorityError.storage(error)
        }
    }

    static func file(_ name: String, in folder: Folder) throws -> [UInt8] {
        guard let bytes = try folder.read(name, limit: smallFile) else {
            throw AuthorityError.notAnAuthority(path: folder.path)
        }
        return bytes
    }

    private static func certificates(_ name: String, in folder: Folder) throws -> [[UInt8]] {
        let text = String(decoding: try file(name, in: folder), as: UTF8.self)
        guard let blocks = try? PEMBlock.parse(text) else {
            throw AuthorityError.damaged(path: folder.path, reason: "\(name) is not PEM")
        }
        return blocks.map(\.content)
    }
}

// MARK: - Using

extension StoredAuthority {
    /// Lets signatures be made, and keeps what they were logged as.
    ///
    /// Other processes that would log wait. What `body` returns was logged and is on the disk; when it throws, nothing
    /// was logged.
    package func withServices<Result>(_ body: (inout LocalAuthority) throws -> Result) throws -> Result {
        let folder = try Self.folder(path)
        try folder.lock()
        let logs = try [LogName.first, .second].map { name in
            guard let inner = try folder.folder(name.rawValue) else {
                throw AuthorityError.notAnAuthority(path: path)
            }
            let log = try log(name)
            let key = try PublicKey(subjectPublicKeyInfo: log.key.subjectPublicKeyInfo)
            return (log: log, stored: try LogFolder(opening: inner, origin: log.origin, key: key))
        }
        var authority = try assemble(
            first: logs[0].log.continuing(logs[0].stored.tree),
            second: logs[1].log.continuing(logs[1].stored.tree)
        )
        let result = try body(&authority)
        try logs[0].stored.append(authority.transparencyLog)
        try logs[1].stored.append(authority.tileLog)
        return result
    }

    /// The two logs by the names of their folders.
    package enum LogName: String, Sendable, CaseIterable {
        /// The log of the first generation.
        case first = "log-v1"
        /// The log of the second generation.
        case second = "log-v2"

        /// The log's host below an authority's domain.
        func host(_ domain: String) -> String {
            (self == .first ? "rekor." : "log1.rekor.") + domain
        }
    }

    private func log(_ name: LogName) throws -> LocalTransparencyLog {
        let use = name == .first ? "transparency-log" : "tile-log"
        guard let key = keys[use] else { throw AuthorityError.damaged(path: path, reason: "no key \(use)") }
        let generation: LocalTransparencyLog.Generation =
            name == .first ? .first(treeID: description.treeID, earlierEntries: 0) : .second
        return LocalTransparencyLog(
            generation,
            key: key,
            host: name.host(description.domain),
            start: description.start
        )
    }

    private func assemble(first: LocalTransparencyLog, second: LocalTransparencyLog) throws -> LocalAuthority {
        let source = KeySource.made(keys)
        let (organization, domain, start) = (description.organization, description.domain, description.start)
        return LocalAuthority(
            certificateAuthority: LocalCertificateAuthority(
                organization: organization,
                chain: (chains.certificates[0], chains.certificates[1]),
                key: try source.key("certificate-intermediate", .p384),
                baseURL: "https://fulcio.\(domain)",
                start: start
            ),
            certificateLog: LocalCertificateLog(
                key: try source.key("certificate-log", .p256),
                baseURL: "https://ctfe.\(domain)",
                start: start
            ),
            transparencyLog: first,
            tileLog: second,
            timestampAuthority: LocalTimestampAuthority(
                organization: organization,
                chain: (chains.timestamps[0], chains.timestamps[1]),
                key: try source.key("timestamp-leaf", .p256),
                baseURL: "https://timestamp.\(domain)/api/v1/timestamp",
                start: start
            )
        )
    }
}

extension LocalTransparencyLog {
    fileprivate func continuing(_ tree: LogTree) -> LocalTransparencyLog {
        LocalTransparencyLog(generation, key: key, host: host, start: start, continuing: tree)
    }
}

// MARK: - Making

extension StoredAuthority {
    /// Makes an authority in a folder that is not there yet, or is empty.
    ///
    /// It is put together under another name and appears whole.
    ///
    /// - Throws: ``AuthorityError``, ``StorageError`` or ``CryptographyError``.
    package static func create(_ path: String, _ description: AuthorityDescription, password: [UInt8]) throws {
        var keys: [String: SigningKey] = [:]
        for (use, kind) in onlineKeys + rootKeys { keys[use] = try SigningKey(generating: kind) }
        let authority = try LocalAuthority(
            organization: description.organization,
            domain: description.domain,
            keys: .made(keys),
            start: description.start,
            treeID: description.treeID,
            earlierEntries: 0
        )
        try NewFolder.make(path) { folder throws in
            for (name, uses) in [("keys.sealed", onlineKeys), ("roots.sealed", rootKeys)] {
                let sealed = try seal(uses.map(\.use), of: keys, password: password)
                try folder.replace(name, with: sealed, mode: 0o600)
            }
            for (name, bytes) in publicFiles(of: authority, description) { try folder.replace(name, with: bytes) }
            for (name, log) in [(LogName.first, authority.transparencyLog), (.second, authority.tileLog)] {
                guard let inner = try folder.folder(name.rawValue, creating: true) else { continue }
                try LogFolder.create(in: inner, of: log)
            }
        }
    }

    private static func publicFiles(
        of authority: LocalAuthority,
        _ description: AuthorityDescription
    ) -> [(String, [UInt8])] {
        func pem(_ chain: [[UInt8]]) -> [UInt8] {
            Array(chain.map { PEMBlock(label: "CERTIFICATE", content: $0).text }.joined().utf8)
        }
        return [
            ("authority.json", description.bytes), ("trusted_root.json", authority.trustedRoot),
            ("signing_config.json", authority.signingConfiguration),
            ("fulcio.pem", pem(authority.certificateAuthority.chain)),
            ("tsa.pem", pem(authority.timestampAuthority.chain)),
            ("rekor.pub", Array(authority.transparencyLog.key.publicKeyPEM.utf8)),
            ("rekor-v2.pub", Array(authority.tileLog.key.publicKeyPEM.utf8)),
            ("ctfe.pub", Array(authority.certificateLog.key.publicKeyPEM.utf8)),
        ]
    }

    private static func seal(
        _ uses: [String],
        of keys: [String: SigningKey],
        password: [UInt8]
    ) throws -> [UInt8] {
        var object = JSONObject()
        for use in uses { object[use] = try keys[use].map { JSONValue(Base64.encode(try $0.privateKeyInfo())) } }
        let sealed = try SealedSecret.seal(GoJSON.encode(.object(object)), password: password)
        return Array(PEMBlock(label: label, content: sealed).text.utf8)
    }

    private static func unseal(
        _ file: [UInt8],
        path: String,
        password: [UInt8]
    ) throws -> [String: SigningKey] {
        let damaged = AuthorityError.damaged(path: path, reason: "its keys cannot be read")
        let blocks = try? PEMBlock.parse(String(decoding: file, as: UTF8.self))
        guard let block = blocks?.first, blocks?.count == 1, block.label.hasSameBytes(as: label) else { throw damaged }
        let clear: [UInt8]
        do throws(KeyFileError) {
            clear = try SealedSecret.open(block.content, password: password)
        } catch .wrongPassword {
            throw AuthorityError.wrongPassword(path: path)
        } catch {
            throw damaged
        }
        guard let members = try? JSONValue(parsing: clear).object?.members else { throw damaged }
        var keys: [String: SigningKey] = [:]
        for member in members {
            guard let der = member.value.string.flatMap({ Base64.decode($0) }) else { throw damaged }
            keys[member.name.text] = try SigningKey(pkcs8: der)
        }
        return keys
    }
}
