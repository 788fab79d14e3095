internal import Attestation
internal import CaseIndex
internal import Cryptography
internal import Notary
internal import OCI
internal import OpenPGP
internal import Presentation
internal import Sigstore
internal import StrictJSON

/// What a signed payload, envelope or bundle says, read without believing it.
struct SignedContent {
    /// A simple-signing payload.
    private(set) var payload: SimpleSigningPayload?
    /// The statement of an envelope.
    private(set) var statement: Statement?
    /// A bundle.
    private(set) var bundle: SigstoreBundle?
    /// An entry of a transparency log that stands by itself.
    private(set) var logEntry: RekorEntry?
    /// An envelope of the Notary Project.
    private(set) var notary: NotaryContent?
    /// A signed OpenPGP message around a simple-signing payload.
    private(set) var message: OpenPGPMessage?
    /// Why it cannot be read, in a sentence.
    private(set) var problem: String?

    init(_ bytes: [UInt8], _ kind: SignatureKind) {
        do {
            switch kind {
            case .simpleSigning: payload = try SimpleSigningPayload(parsing: bytes)
            case .attestation: try readStatement(Envelope(parsing: bytes))
            case .bundle: try readBundle(bytes)
            case .publishAttestation: try read(SigstoreBundle(publishAttestation: bytes))
            case .logEntry: logEntry = try RekorEntry(JSONValue(parsing: bytes))
            case .notaryJWS: notary = try NotaryContent(bytes, .jws)
            case .notaryCOSE: notary = try NotaryContent(bytes, .cose)
            case .openPGP: try readMessage(bytes)
            }
        } catch {
            problem = "cannot be read: \(EscapedText("\(error)", limit: 400))"
        }
    }

    private mutating func readMessage(_ bytes: [UInt8]) throws {
        let message = try OpenPGPMessage(parsing: bytes)
        self.message = message
        payload = try SimpleSigningPayload(parsing: message.content)
    }

    private mutating func readBundle(_ bytes: [UInt8]) throws {
        do {
            try read(SigstoreBundle(parsing: bytes))
        } catch {
            // A bundle that is refused still holds what somebody stated.
            let json = try? JSONValue(parsing: bytes)
            if let envelope = (json?["dsseEnvelope"] ?? json?["dsse_envelope"]).flatMap({ try? Envelope($0) }) {
                try? readStatement(envelope)
            }
            throw error
        }
    }

    private mutating func read(_ bundle: SigstoreBundle) throws {
        self.bundle = bundle
        if case .envelope(let envelope) = bundle.content { try readStatement(envelope) }
    }

    private mutating func readStatement(_ envelope: Envelope) throws {
        guard envelope.payloadType.hasSameBytes(as: Envelope.inTotoPayloadType) else { return }
        statement = try Statement(parsing: envelope.payload)
    }

    /// Every artifact that the content itself names by a digest that can be relied on.
    var namedDigests: [Digest] {
        if let logEntry { return logEntry.namedDigests }
        if let notary { return notary.payload.flatMap { try? Digest(parsing: $0.digest) }.map { [$0] } ?? [] }
        if let payload { return [try? Digest(parsing: payload.manifestDigest)].compactMap(\.self) }
        if let statement { return statement.subjectDigests }
        guard case .messageSignature(let name, let bytes, _) = bundle?.content else { return [] }
        return [DigestAlgorithm(registryName: name).flatMap { Digest($0, bytes) }].compactMap(\.self)
    }

    /// The artifact that the content itself names: of a statement the first subject.
    var namedDigest: Digest? {
        if let payload { return try? Digest(parsing: payload.manifestDigest) }
        if notary != nil || logEntry != nil { return namedDigests.first }
        return statement?.subjects.first?.digest
    }

    /// Why nobody can tell which artifact the content is about, in a sentence.
    var subjectProblem: String {
        if problem != nil, statement == nil {
            return "what is signed cannot be read, so that nothing says which artifact the signature is about"
        }
        if let statement, !statement.subjects.isEmpty {
            return "the statement names its subjects by no SHA-256, SHA-384 or SHA-512"
        }
        return "nothing says which artifact the signature is about"
    }
}

extension SignedContent {
    /// The annotations of a manifest and of a layer, signed by nobody, that say something else than what was signed.
    func lies(in manifest: Annotations, _ layer: Annotations) -> [String] {
        var names: [String] = []
        if let bundle {
            let form = if case .envelope = bundle.content { "dsse-envelope" } else { "message-signature" }
            if let stated = manifest["dev.sigstore.bundle.content"], !stated.hasSameBytes(as: form) {
                names.append("dev.sigstore.bundle.content")
            }
        }
        guard bundle != nil || statement != nil else { return names }
        let type = statement?.predicateType ?? ""
        for (name, stated) in [
            ("dev.sigstore.bundle.predicateType", manifest["dev.sigstore.bundle.predicateType"]),
            ("predicateType", layer["predicateType"]),
        ] where stated.map({ !$0.hasSameBytes(as: type) }) ?? false { names.append(name) }
        return names
    }
}

extension Statement {
    /// The digest of every subject that has one to rely on, each once, in order.
    var subjectDigests: [Digest] {
        var found: Set<Digest> = []
        return subjects.compactMap(\.digest).filter { found.insert($0).inserted }
    }
}

extension ResourceDescriptor {
    /// The digest by which the artifact is known: the SHA-256, by which registries name nearly all, else the SHA-512 or
    /// the SHA-384; nil when it is named by none of these.
    var digest: Digest? {
        Digest(subject: digests.lazy.map { ($0.algorithm, $0.value) })
    }
}

extension Digest {
    /// One of the digests of a statement's subject, by the preference of ``Attestation/ResourceDescriptor``.
    init?(subject digests: some Sequence<(algorithm: String, value: String)>) {
        let preferred: [DigestAlgorithm] = [.sha256, .sha512, .sha384]
        let digests = Array(digests)
        for algorithm in preferred {
            let value = digests.first { $0.algorithm.hasSameBytes(as: algorithm.rawValue) }?.value
            if let digest = value.flatMap({ try? Digest(parsing: "\(algorithm.rawValue):\($0)") }) {
                self = digest
                return
            }
        }
        return nil
    }
}
