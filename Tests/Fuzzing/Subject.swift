internal import Assembly
internal import Attestation
internal import Cryptography
internal import PolicyFile
internal import Signing
internal import Sigstore
internal import StrictJSON
internal import TestSupport

/// One parser of the verifier, with good documents to damage.
struct Subject {
    /// How it is called on the command line.
    let name: String
    /// Good documents.
    let seeds: [[UInt8]]
    /// Reads one document; throws when it refuses it.
    let read: ([UInt8]) throws -> Void
}

extension Subject {
    /// Every parser through which bytes of others reach the verifier, and every kind of evidence.
    static func all() throws -> [Subject] {
        let seeds = try Seeds()
        return try documents(seeds) + binaries(seeds) + repository() + [verification(seeds)] + signing()
            + git() + EvidenceSubjects.all()
    }

    private static func documents(_ seeds: Seeds) throws -> [Subject] {
        [
            Subject(name: "json", seeds: seeds.bundles + seeds.bodies) { bytes in
                let value = try JSONValue(parsing: bytes)
                guard try JSONValue(parsing: Array(value.compact.utf8)) == value else { throw Contradiction() }
            },
            Subject(name: "bundle", seeds: seeds.bundles) { _ = SignedEntity(try SigstoreBundle(parsing: $0)) },
            Subject(name: "trusted-root", seeds: [seeds.trustedRoot]) { _ = try TrustedRoot(parsing: $0) },
            Subject(name: "log-entry-body", seeds: seeds.bodies) { _ = try LogEntryBody($0) },
            Subject(name: "envelope", seeds: seeds.envelopes) { bytes in
                _ = try Envelope(parsing: bytes).preAuthenticationEncoding
            },
            Subject(name: "statement", seeds: seeds.statements) { bytes in
                let statement = try Statement(parsing: bytes)
                _ = statement.subjects.map { $0.names(algorithm: "sha256", hex: "00") }
            },
            Subject(name: "simple-signing", seeds: seeds.payloads) { _ = try SimpleSigningPayload(parsing: $0) },
            Subject(name: "checkpoint", seeds: seeds.checkpoints) { bytes in
                _ = try Checkpoint(parsing: String(decoding: bytes, as: UTF8.self))
            },
            Subject(name: "policy", seeds: [Array(Seeds.policy.utf8)]) { bytes in
                _ = try PolicyFile.parse(bytes, name: "policy") { _ in throw Contradiction() }
            },
            Subject(name: "dockerfile", seeds: Seeds.dockerfiles.map { Array($0.utf8) }, read: readDockerfile),
        ] + Seeds.annotations.map { annotation($0, seeds) }
    }

    /// Reads a Dockerfile, and puts variables into all its words that take them; every refusal says where.
    private static func readDockerfile(_ bytes: [UInt8]) throws {
        do throws(AssemblyError) {
            let dockerfile = try Dockerfile(parsing: bytes)
            let expansion = WordExpansion(
                variables: { $0 == "NONE" ? nil : "value of \($0)" },
                escape: dockerfile.escape
            )
            for stage in dockerfile.stages {
                _ = try expansion.expand(stage.image)
                for instruction in stage.instructions {
                    for word in Seeds.words(of: instruction.command) { _ = try expansion.expand(word) }
                }
            }
        } catch {
            guard error.location != nil || error.fault == .noStage else { throw Contradiction() }
            throw error
        }
    }

    private static func annotation(_ name: String, _ seeds: Seeds) -> Subject {
        let all = seeds.layers.map { layer in
            Dictionary(layer.annotations.map { ($0.name, $0.value) }) { first, _ in first }
        }
        let label = name.split(separator: "/").last.map(String.init) ?? name
        return Subject(name: "annotation-\(label)", seeds: all.compactMap { $0[name].map { Array($0.utf8) } }) {
            bytes in
            var annotations = all[0]
            annotations[name] = String(decoding: bytes, as: UTF8.self)
            _ = try SignedEntity(simpleSigningAnnotations: annotations)
        }
    }

    private static func binaries(_ seeds: Seeds) throws -> [Subject] {
        let signer = try Certificate(der: seeds.timestampSigner)
        return [
            Subject(name: "certificate", seeds: seeds.certificates) { bytes in
                let certificate = try Certificate(der: bytes)
                _ = certificate.issuerName + certificate.subjectName
                _ = try? certificate.extendedKeyUsages()
                _ = certificate.isAuthority || certificate.allowsDigitalSignature
                _ = certificate.fields.toBeSigned(withoutExtension: "1.3.6.1.4.1.11129.2.4.2")
                _ = try CertificateIdentity(certificate)
            },
            Subject(name: "certificate-timestamps", seeds: seeds.certificateTimestamps) { bytes in
                _ = try SignedCertificateTimestamp.list(extensionValue: bytes)
            },
            Subject(name: "timestamp-response", seeds: seeds.timestamps) { bytes in
                let token = try TimestampToken(response: bytes)
                _ = token.names(signer)
                _ = try? token.verify(stamped: [1], signer: signer)
            },
            Subject(name: "public-key", seeds: seeds.keys) { _ = try PublicKey(subjectPublicKeyInfo: $0) },
            Subject(name: "pem", seeds: [Array(seeds.pem.utf8)]) { bytes in
                _ = try PEMBlock.parse(String(decoding: bytes, as: UTF8.self))
            },
        ]
    }

    /// Whole bundles through the whole verifier: what stays authentic must say what the good ones say.
    private static func verification(_ seeds: Seeds) throws -> Subject {
        let verifier = Verifier(root: try TrustedRoot(parsing: seeds.trustedRoot))
        func judge(_ bytes: [UInt8]) throws -> (SignedEntity, VerificationReport) {
            let entity = SignedEntity(try SigstoreBundle(parsing: bytes))
            return (entity, verifier.verify(entity, of: .bytes(seeds.artifact), policy: VerificationPolicy()))
        }
        // An entry of the kind `intoto 0.0.1` holds no signature, and so proves nothing in a bundle.
        let authentic = try seeds.bundles.filter { try judge($0).1.isAuthentic }
        let good = try Set(authentic.map { try judge($0).0.keyMaterial })
        return Subject(name: "verification", seeds: authentic) { bytes in
            let (entity, report) = try judge(bytes)
            guard report.isAuthentic else { throw Refused(reasons: report.obstacles) }
            guard good.contains(entity.keyMaterial) else { throw Contradiction() }
        }
    }
}

extension Subject {
    /// Every parser through which bytes of others reach the commands that sign.
    private static func signing() throws -> [Subject] {
        let issuer = try TokenIssuer()
        let now = VirtualSigstore.start
        let claims = VirtualSigstore.tokenClaims(at: now)
        let keys = try WebKeySet(issuer.keySet)
        let secret = try SigningKey(generating: .p256).privateKeyPEM()
        return [
            Subject(name: "identity-token", seeds: [Array(try issuer.token(claims).utf8)]) { bytes in
                let token = try IdentityToken(parsing: String(decoding: bytes, as: UTF8.self))
                _ = TokenKind.detect(token.claims).map { try? SigningIdentity(token.claims, kind: $0) }
                try token.verify(keys: keys, issuer: nil, audience: "sigstore", now: now)
                guard token.claims == claims else { throw Contradiction() }
            },
            Subject(name: "web-keys", seeds: [Array(issuer.keySet.compact.utf8)]) { bytes in
                _ = try WebKeySet(try JSONValue(parsing: bytes))
            },
            Subject(name: "private-key", seeds: [Array(secret.utf8)]) { bytes in
                _ = try KeyFile.read(String(decoding: bytes, as: UTF8.self), password: [])
            },
        ]
    }
}

/// Something was refused by a verdict.
struct Refused: Error {
    let reasons: [String]
}

/// A damaged document was read as something that it cannot be.
struct Contradiction: Error {}
