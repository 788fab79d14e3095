internal import Cryptography
package import OCI
internal import Sigstore

/// One signature or attestation as cosign stores it in a layer: a blob, and annotations that prove it.
package struct SignatureLayer: Hashable, Sendable {
    /// What the blob is.
    package var mediaType: MediaType
    /// The simple-signing payload, or the envelope.
    package var blob: [UInt8]
    /// The annotations of the layer's descriptor, in order.
    package var annotations: [Annotation]
    /// Its index in the log, if it was logged.
    package private(set) var logIndex: Int64?

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
        mediaType: MediaType,
        blob: [UInt8],
        signature: [UInt8],
        verifier: LogEntryDraft.Verifier,
        chain: [[UInt8]],
        entry: LoggedEntry?,
        timestamp: [UInt8]?
    ) {
        self.mediaType = mediaType
        self.blob = blob
        logIndex = entry?.logIndex
        annotations = [Annotation(CosignAnnotation.signature, Base64.encode(signature))]
        if let bundle = entry?.cosignAnnotation { annotations.append(Annotation(CosignAnnotation.bundle, bundle)) }
        if case .certificate = verifier {
            annotations.append(Annotation(CosignAnnotation.certificate, verifier.pem))
            annotations.append(
                Annotation(
                    CosignAnnotation.chain,
                    chain.map { PEMBlock(label: "CERTIFICATE", content: $0).text }.joined()
                )
            )
        }
        if let timestamp {
            let value = "{\"SignedRFC3161Timestamp\":\"\(Base64.encode(timestamp))\"}"
            annotations.append(Annotation(CosignAnnotation.timestamp, value))
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
}
