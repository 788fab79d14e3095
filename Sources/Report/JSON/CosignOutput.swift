package import CaseIndex
package import Correlation
internal import Cryptography
internal import StrictJSON

/// The array that `cosign verify` prints, for scripts that read it; for bundles too, where cosign leaves fields empty.
package struct CosignOutput {
    /// What goes to standard output: a line break, the array on one line, a line break, as cosign writes it.
    package let text: String
    /// The signatures that are not in the array, because they are not authentic, not as expected, or in a format that
    /// cosign does not know.
    package let omitted: [TracedSignature]

    /// Builds the array from the signatures that hold.
    ///
    /// - Throws: ``CaseError``.
    package init(_ traces: [Trace], _ reader: CaseReader) throws {
        var elements: [JSONValue] = []
        var omitted: [TracedSignature] = []
        for trace in traces {
            for signature in trace.signatures {
                guard signature.holds, signature.isKnownToCosign else {
                    omitted.append(signature)
                    continue
                }
                elements.append(try CosignElement(signature, trace, reader).value)
            }
        }
        text = "\n" + JSONValue.array(elements).compact + "\n"
        self.omitted = omitted
    }
}

extension TracedSignature {
    /// Authentic, and as expected when an expectation was given.
    package var holds: Bool {
        isAuthentic && verdict?.isTrusted != false
    }

    /// Whether it is in a format that cosign verifies.
    package var isKnownToCosign: Bool {
        switch record.kind {
        case .simpleSigning, .attestation, .bundle: true
        case .publishAttestation, .logEntry, .notaryJWS, .notaryCOSE, .openPGP: false
        }
    }
}

/// One element: `critical` and `optional`.
private struct CosignElement {
    let value: JSONValue

    init(_ signature: TracedSignature, _ trace: Trace, _ reader: CaseReader) throws {
        let claims = try reader.claims(about: signature.record.subject)
            .filter { $0.signatureID == signature.record.id }
        let content = try reader.content(signature.record.payload) ?? []
        let payload = try? JSONValue(parsing: content)
        let critical = payload?["critical"] ?? Self.critical(signature, trace)
        value = .members([
            ("critical", critical),
            ("optional", Self.optional(signature, claims, payload)),
        ])
    }

    /// What a bundle has no words for: the name that the evidence gives, the digest, and the predicate type.
    private static func critical(_ signature: TracedSignature, _ trace: Trace) -> JSONValue {
        let name = trace.entry.names.first { $0.utf8.contains(UInt8(ascii: "/")) } ?? trace.entry.names.first ?? ""
        return .members([
            ("identity", .members([("docker-reference", JSONValue(name))])),
            ("image", .members([("docker-manifest-digest", JSONValue("\(signature.record.subject)"))])),
            ("type", JSONValue(signature.record.predicateType ?? "cosign container image signature")),
        ])
    }

    private static func optional(
        _ signature: TracedSignature,
        _ claims: [ClaimRecord],
        _ payload: JSONValue?
    ) -> JSONValue {
        var members: [(String, JSONValue)] =
            payload?["optional"]?.object?.members.map { ($0.name.text, $0.value) }
            ?? claims.filter { $0.speaker == .signedAnnotation }.map { ($0.key, JSONValue($0.value)) }
        members += certificate(signature, claims)
        if let bundle = CosignBundle.value(signature, payload) { members.append(("Bundle", bundle)) }
        if let timestamp = CosignBundle.annotation(signature, "dev.sigstore.cosign/rfc3161timestamp") {
            members.append(("RFC3161Timestamp", timestamp))
        }
        let object = JSONObject(members)
        return .members(
            object.members.sorted { $0.name < $1.name }.map { ($0.name.text, $0.value) }
        )
    }

    /// `Subject`, `Issuer` and GitHub's first extensions under both of their names, as cosign shows them.
    private static func certificate(
        _ signature: TracedSignature,
        _ claims: [ClaimRecord]
    ) -> [(String, JSONValue)] {
        var members: [(String, JSONValue)] = []
        let leaf = signature.certificates.first
        if let subject = leaf?.subjectAlternativeName { members.append(("Subject", JSONValue(subject))) }
        if let issuer = leaf?.identityIssuer {
            members += [("Issuer", JSONValue(issuer)), (extensionArc + "1", JSONValue(issuer))]
        }
        for (number, name) in extensionNames {
            let key = extensionArc + number
            guard let claim = claims.first(where: { $0.speaker == .certificate && $0.key.hasSameBytes(as: key) })
            else { continue }
            members += [(name, JSONValue(claim.value)), (key, JSONValue(claim.value))]
        }
        return members
    }

    private static let extensionArc = "1.3.6.1.4.1.57264.1."
    private static let extensionNames = [
        ("2", "githubWorkflowTrigger"), ("3", "githubWorkflowSha"), ("4", "githubWorkflowName"),
        ("5", "githubWorkflowRepository"), ("6", "githubWorkflowRef"),
    ]
}
