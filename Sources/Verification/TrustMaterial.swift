package import Cryptography
package import Notary
package import OpenPGP
package import Sigstore

/// What signatures are judged with.
package struct TrustMaterial: Sendable {
    /// The trusted root.
    package let root: TrustedRoot
    /// Its name, for people: `public-good`, or the path of a file.
    package let name: String
    /// The digest of the file it was read from; nil for one that is built in.
    package let digest: Digest?
    /// Keys that may sign.
    package let keys: [ManagedKey]
    /// What a signature must bring along.
    package let requirements: InstanceRequirements
    /// Witnesses of transparency logs that are known.
    package var witnesses: [Witness] = []
    /// How many of them must have cosigned.
    package var witnessThreshold = 0
    /// Whom signatures of the Notary Project may come from; nil when nobody was named.
    package var notary: NotaryTrust?
    /// Whom OpenPGP signatures may come from; nil when nobody was named.
    package var openPGP: OpenPGPTrust?
    /// The time of the run, for what expires without a timestamp; nil when it is not told.
    package var presentTime: Timestamp?

    package init(
        root: TrustedRoot,
        name: String,
        digest: Digest? = nil,
        keys: [ManagedKey] = [],
        requirements: InstanceRequirements = .public
    ) {
        self.requirements = requirements
        self.root = root
        self.name = name
        self.digest = digest
        self.keys = keys
    }

    /// The same with more keys.
    func adding(_ more: [ManagedKey]) -> TrustMaterial {
        let all = keys + more.filter { !keys.contains($0) }
        var result = TrustMaterial(root: root, name: name, digest: digest, keys: all, requirements: requirements)
        result.witnesses = witnesses
        result.witnessThreshold = witnessThreshold
        result.notary = notary
        result.openPGP = openPGP
        result.presentTime = presentTime
        return result
    }

    /// How a verdict names it.
    var label: String {
        let rootLabel = digest.map { "\(name) (\($0))" } ?? "\(name) (built in)"
        let names =
            keys.map { key in
                "key \(key.publicKey.identifier)" + (key.validity.map { " (\($0))" } ?? "")
            } + witnesses.map { "witness \($0.name)" }
        guard !names.isEmpty else { return rootLabel }
        return rootLabel + "; " + names.joined(separator: ", ")
    }

    /// The policy that asks for what is required, and for the keys.
    package var policy: VerificationPolicy {
        var policy = VerificationPolicy()
        policy.keys = keys
        policy.logThreshold = requirements.logs
        policy.certificateLogThreshold = requirements.certificateLogs
        policy.timestampThreshold = requirements.timestamps
        policy.certificateForm = requirements.certificateForm
        policy.unsafeStatedTime = requirements.statedTime
        policy.witnesses = witnesses
        policy.witnessThreshold = witnessThreshold
        return policy
    }
}

/// What a signature must bring along: it differs from instance to instance, and is loosened only when asked by name.
package struct InstanceRequirements: Hashable, Sendable {
    /// In how many distinct logs a certificate's signature must be.
    package var logs: Int
    /// How many distinct certificate transparency logs must vouch for the certificate.
    package var certificateLogs: Int
    /// How many distinct timestamp authorities must have stamped the signature.
    package var timestamps: Int
    /// A time that is taken for that of signing where none is proven.
    package var statedTime: Timestamp?
    /// What the certificate must look like.
    package var certificateForm = CertificateForm.fulcio

    /// One log, one certificate log.
    package static let `public` = InstanceRequirements(logs: 1, certificateLogs: 1, timestamps: 0)
    /// GitHub's own instance has neither kind of log, and stamps every signature.
    package static let github = InstanceRequirements(logs: 0, certificateLogs: 0, timestamps: 1)
}

/// The trust store of the Notary Project's signatures.
package struct NotaryTrust: Sendable {
    /// Its certificates.
    package let store: NotaryTrustStore
    /// Its name, for people: the path of a folder or file.
    package let name: String

    package init(store: NotaryTrustStore, name: String) {
        self.store = store
        self.name = name
    }

    /// How a verdict names it: with the digest of every certificate in it.
    var label: String {
        let all = store.authorities + store.signingAuthorities + store.timestampAuthorities
        return "trust store \(name): " + all.map { "\($0.digest)" }.joined(separator: ", ")
    }
}

/// The keyring of OpenPGP signatures, and what verifies with it.
package struct OpenPGPTrust: Sendable {
    /// The keys.
    package let keyring: OpenPGPKeyring
    /// Its name, for people: the path of a file.
    package let name: String
    /// GnuPG's verifier; nil when it is not on the machine.
    package let verifier: GPGV?

    package init(keyring: OpenPGPKeyring, name: String, verifier: GPGV?) {
        self.keyring = keyring
        self.name = name
        self.verifier = verifier
    }

    /// How a verdict names it.
    var label: String {
        "OpenPGP keyring \(name) (\(Digest(hashing: keyring.bytes)))"
    }
}
