internal import Cryptography

/// One signature or attestation as cosign stores it in a layer: a blob, and annotations that prove it.
package struct SignatureLayer: Hashable, Sendable {
    /// What the blob is.
    package var mediaType: String
    /// The simple-signing payload, or the envelope.
    package var blob: [UInt8]
    /// The annotations of the layer's descriptor, in order.
    package var annotations: [Annotation]

    /// A name and a value.
    package struct Annotation: Hashable, Sendable {
        /// The name.
        package var name: String
        /// The value.
        package var value: String

        /// An annotation.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The names that cosign gives.
    package enum AnnotationName {
        /// The signature in base64; empty for attestations.
        package static let signature = "dev.cosignproject.cosign/signature"
        /// The leaf, PEM.
        package static let certificate = "dev.sigstore.cosign/certificate"
        /// Intermediates and root, PEM.
        package static let chain = "dev.sigstore.cosign/chain"
        /// The entry of the transparency log.
        package static let bundle = "dev.sigstore.cosign/bundle"
        /// The timestamp.
        package static let timestamp = "dev.sigstore.cosign/rfc3161timestamp"
        /// The statement's predicate type.
        package static let predicateType = "predicateType"
    }

    /// A layer with what is known of its signer; annotations that there is nothing for are left out.
    ///
    /// - Parameters:
    ///   - mediaType: What the blob is.
    ///   - blob: The payload or envelope.
    ///   - signature: The raw signature, empty for attestations.
    ///   - verifier: Who signed.
    ///   - chain: Certificates above the leaf, DER.
    ///   - entry: The log's entry.
    ///   - timestamp: A TimeStampResp, DER.
    package init(
        mediaType: String,
        blob: [UInt8],
        signature: [UInt8],
        verifier: LogEntryDraft.Verifier,
        chain: [[UInt8]],
        entry: LoggedEntry?,
        timestamp: [UInt8]?
    ) {
        self.mediaType = mediaType
        self.blob = blob
        annotations = [Annotation(AnnotationName.signature, Base64.encode(signature))]
        if let bundle = entry?.cosignAnnotation { annotations.append(Annotation(AnnotationName.bundle, bundle)) }
        if case .certificate = verifier {
            annotations.append(Annotation(AnnotationName.certificate, verifier.pem))
            annotations.append(Annotation(AnnotationName.chain, chain.map(PEMWriter.certificate).joined()))
        }
        if let timestamp {
            let value = "{\"SignedRFC3161Timestamp\":\"\(Base64.encode(timestamp))\"}"
            annotations.append(Annotation(AnnotationName.timestamp, value))
        }
    }

    /// The value of an annotation.
    package subscript(name: String) -> String? {
        get { annotations.first { $0.name.hasSameBytes(as: name) }?.value }
        set {
            annotations.removeAll { $0.name.hasSameBytes(as: name) }
            if let newValue { annotations.append(Annotation(name, newValue)) }
        }
    }

    /// cosign's type of a signature.
    package static let simpleSigningType = "application/vnd.dev.cosign.simplesigning.v1+json"
    /// cosign's type of an attestation.
    package static let envelopeType = "application/vnd.dsse.envelope.v1+json"
}
