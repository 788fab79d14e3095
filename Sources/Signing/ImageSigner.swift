package import Cryptography
internal import OCI

/// Signs and attests images of a layout, and stores what it made beside them.
package struct ImageSigner: Sendable {
    /// How signatures are stored.
    package var storage: Storage
    /// Which proofs they get.
    package var plan: SigningPlan
    /// Who signs.
    package var credential: SigningCredential
    /// When.
    package var time: Timestamp

    /// Where signatures lie, and in which form.
    package enum Storage: String, Sendable, CaseIterable {
        /// A Sigstore bundle that refers to the image, as cosign 3 does.
        case bundle
        /// A simple-signing payload in a manifest that refers to the image, as GitLab's tutorial asks cosign for.
        case referrer = "oci-1-1"
        /// A simple-signing payload under the name `sha256-….sig`, as cosign did first.
        case legacy
    }

    /// One signature or attestation that was stored.
    package struct Stored: Sendable {
        /// The image.
        package let image: Digest
        /// The manifest that holds it.
        package let manifest: Digest
        /// Where it was logged, if it was.
        package let logIndex: Int64?
    }

    /// A signer.
    package init(storage: Storage, plan: SigningPlan, credential: SigningCredential, time: Timestamp) {
        self.storage = storage
        self.plan = plan
        self.credential = credential
        self.time = time
    }
}

// MARK: - Signing

extension ImageSigner {
    /// Signs an image; nothing is on disk before the layout is committed.
    ///
    /// - Parameters:
    ///   - image: The image.
    ///   - layout: Where it lies.
    ///   - annotations: What is signed with the digest.
    ///   - references: The repositories that simple-signing payloads name, one signature for each; a bundle names none.
    ///   - services: Logs and stamps.
    /// - Returns: What was stored.
    /// - Throws: ``CryptographyError`` or ``LayoutError``.
    package func sign(
        _ image: WrittenDescriptor,
        in layout: inout LayoutFolder,
        annotations: [String: String],
        references: [String],
        with services: inout some SigningServices
    ) throws -> [Stored] {
        guard storage != .bundle else {
            let statement = StatementDraft.signature(of: image.digest, annotations: annotations)
            return [try store(statement, of: image, in: &layout, with: &services)]
        }
        var layers: [SignatureLayer] = []
        for reference in references {
            let payload = SimpleSigningDraft(
                dockerReference: reference,
                manifestDigest: image.digest,
                annotations: annotations
            )
            layers.append(try services.signImage(payload, with: credential, plan: plan, at: time))
        }
        try listImage(image, in: &layout)
        let stored = try layout.store(signatures: layers, of: image, as: layerStorage)
        return layers.map { Stored(image: image.digest, manifest: stored.digest, logIndex: $0.logIndex) }
    }

    /// Attests an image: signs a statement that names it.
    ///
    /// - Throws: ``CryptographyError`` or ``LayoutError``.
    package func attest(
        _ image: WrittenDescriptor,
        in layout: inout LayoutFolder,
        statement: StatementDraft,
        with services: inout some SigningServices
    ) throws -> Stored {
        guard storage != .bundle else { return try store(statement, of: image, in: &layout, with: &services) }
        let layer = try services.attestImage(
            statement.bytes,
            predicateType: statement.predicateType,
            with: credential,
            plan: plan,
            at: time
        )
        try listImage(image, in: &layout)
        let stored = try layout.store(attestations: [layer], of: image, as: layerStorage)
        return Stored(image: image.digest, manifest: stored.digest, logIndex: layer.logIndex)
    }

    private var layerStorage: SignatureStorage {
        storage == .legacy ? .legacy : .referrer(writesArtifactType: true)
    }

    private func store(
        _ statement: StatementDraft,
        of image: WrittenDescriptor,
        in layout: inout LayoutFolder,
        with services: inout some SigningServices
    ) throws -> Stored {
        let bundle = try services.signStatement(statement.bytes, with: credential, plan: plan, at: time)
        try listImage(image, in: &layout)
        let stored = try layout.store(
            bundle: bundle,
            predicateType: statement.predicateType,
            of: image,
            created: time
        )
        return Stored(image: image.digest, manifest: stored.digest, logIndex: bundle.entries.first?.logIndex)
    }

    /// Says in `index.json` what `cosign verify --local-image` looks for: which entry is the image.
    ///
    /// cosign takes the one entry of that kind, so that nothing is said of an image among several.
    private func listImage(_ image: WrittenDescriptor, in layout: inout LayoutFolder) throws {
        guard try layout.images().count == 1,
            let place = layout.entries.firstIndex(where: { $0.digest == image.digest }),
            layout.entries[place].kind == nil
        else { return }
        let kind: LayoutEntryKind = image.mediaType.isIndex ? .imageIndex : .image
        layout.entries[place].annotations["kind"] = kind.rawValue
    }
}
