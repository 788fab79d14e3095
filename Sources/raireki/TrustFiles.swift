internal import Cryptography
internal import Sigstore
internal import Verification

/// Which keys, roots and time are to be relied on, however that was said.
struct TrustChoice {
    var key: String?
    var trustedRoot: String?
    /// The time as of which is judged.
    var time: Timestamp?
    var caRoots: String?
    var caIntermediates: String?
    var certificateChain: String?
    var insecureIgnoreTlog = false
    var insecureIgnoreSct = false
    var useSignedTimestamps = false
    var witnessKeys: String?
    var witnesses = 0
    var keyValidity: ValidityPeriod?

    /// What is named, read from its files or built in.
    ///
    /// - Parameter session: Gives the time of the run, for certificates that are judged at the present.
    /// - Returns: The root, the keys, and what a signature must bring along.
    /// - Throws: ``CommandError``.
    func material(_ session: Session) throws -> TrustMaterial {
        let material = try material(now: session.now())
        session.detail("trusted root: \(material.name)" + (material.digest.map { ", \($0)" } ?? ", built in"))
        if let key { session.detail("key: \(key)") }
        if let time { session.detail("judging as of \(time)") }
        let needs = material.requirements
        session.detail(
            "a certificate's signature needs \(needs.logs) log, \(needs.certificateLogs) certificate log and "
                + "\(needs.timestamps) timestamp at least"
        )
        return material
    }

    private func material(now: Timestamp) throws -> TrustMaterial {
        var requirements = InstanceRequirements.public
        let named = try Self.root(trustedRoot)
        if named.builtIn == .github { requirements = .github }
        if insecureIgnoreTlog {
            requirements.logs = 0
            requirements.statedTime = time ?? now
        }
        if insecureIgnoreSct { requirements.certificateLogs = 0 }
        if useSignedTimestamps { requirements.timestamps = 1 }
        var root = named.root
        var name = named.name
        if let authority = try privateAuthority() {
            root = TrustedRoot(
                transparencyLogs: root.transparencyLogs,
                certificateAuthorities: authority.authorities,
                certificateLogs: root.certificateLogs,
                timestampAuthorities: root.timestampAuthorities
            )
            requirements.certificateForm = .privateAuthority
            name += " with the authority of \(authority.name)"
        }
        var material = TrustMaterial(
            root: root,
            name: name,
            digest: named.digest,
            keys: try key.map { [try managedKey($0)] } ?? [],
            requirements: requirements
        )
        material.witnesses = try witnessKeys.map { try Self.knownWitnesses($0) } ?? []
        material.witnessThreshold = witnesses
        return material
    }

    /// One witness a line; empty lines and lines that begin with `#` say nothing.
    private static func knownWitnesses(_ path: String) throws -> [Witness] {
        let lines = try pem(path).split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
        do {
            return try lines.filter { !$0.isEmpty && $0.first != "#" }.map { try Witness(verifierKey: String($0)) }
        } catch {
            throw CommandError.notWitnessKeys(path: path, reason: "\(error)")
        }
    }

    /// A trusted root with the name under which it is known.
    typealias NamedRoot = (root: TrustedRoot, name: String, digest: Digest?, builtIn: BuiltInTrust?)

    /// A file of the name, else the built-in root of that name.
    static func root(_ option: String?) throws -> NamedRoot {
        let builtIn = option.map { BuiltInTrust(rawValue: $0) } ?? .publicGood
        if let builtIn, option.map({ !OutputFile.exists($0) }) ?? true {
            return (try builtIn.trustedRoot(), builtIn.rawValue, nil, builtIn)
        }
        let path = option ?? ""
        let bytes = try OutputFile.read(path, limit: TrustedRoot.maximumBytes)
        do {
            return (try TrustedRoot(parsing: bytes), path, Digest(hashing: bytes), nil)
        } catch {
            throw CommandError.notATrustedRoot(path: path, reason: "\(error)")
        }
    }

    /// No file of keys or certificates is larger, in bytes.
    private static let pemLimit = 4 << 20

    private static func pem(_ path: String) throws -> String {
        String(decoding: try OutputFile.read(path, limit: pemLimit), as: UTF8.self)
    }

    private func managedKey(_ path: String) throws -> ManagedKey {
        ManagedKey(publicKey: try Self.publicKey(path), validity: keyValidity)
    }

    static func publicKey(_ path: String) throws -> PublicKey {
        let text = try pem(path)
        do {
            return try PublicKey(pem: text)
        } catch {
            throw CommandError.notAPublicKey(path: path, reason: "\(error)")
        }
    }

    static func certificates(_ path: String) throws -> [Certificate] {
        let text = try pem(path)
        do {
            let certificates = try Certificate.parse(pem: text)
            guard !certificates.isEmpty else { throw CryptographyError.malformed(object: "PEM certificate") }
            return certificates
        } catch {
            throw CommandError.notCertificates(path: path, reason: "\(error)")
        }
    }

    /// Each root with every intermediate, or one whole chain.
    private func privateAuthority() throws -> (authorities: [CertificateAuthority], name: String)? {
        let always = ValidityPeriod(start: nil)
        if let certificateChain {
            let chain = try Self.certificates(certificateChain)
            let authority = CertificateAuthority(uri: certificateChain, chain: chain, validity: always)
            return ([authority], certificateChain)
        }
        guard let caRoots else { return nil }
        let intermediates = try caIntermediates.map { try Self.certificates($0) } ?? []
        let authorities = try Self.certificates(caRoots).map { root in
            CertificateAuthority(uri: caRoots, chain: intermediates + [root], validity: always)
        }
        return (authorities, caRoots)
    }
}
