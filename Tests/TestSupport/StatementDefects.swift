internal import Attestation
internal import Cryptography
internal import Signing
internal import Sigstore
internal import StrictJSON

/// Statements that were signed in another form than DSSE's, or that name no artifact as they should.
extension Defect {
    package static let ofStatements = signedOtherwise + misnamed + misformed

    private static let signedOtherwise = [
        signed("signature over the bare payload") { $0 },
        signed("signature over the payload's base64") { Array(Base64.encode($0).utf8) },
        signed("signature over the payload written anew") { payload in
            let again = (try JSONValue(parsing: payload)).pretty
            return Envelope.preAuthenticationEncoding(
                payloadType: Envelope.inTotoPayloadType,
                payload: Array(again.utf8)
            )
        },
        signed("signature over the encoding of another type") {
            Envelope.preAuthenticationEncoding(payloadType: "application/json", payload: $0)
        },
    ]

    /// The envelope was logged and stamped with a signature over something else than its encoding.
    private static func signed(
        _ description: String,
        _ encoding: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) -> Defect {
        Defect(description, .signatureInvalid) { sigstore in
            let credential = try sigstore.credential()
            var result = try sigstore.attested(with: credential)
            let payload = sigstore.statement(about: sigstore.artifact).bytes
            let signature = try credential.key.sign(try encoding(payload))
            let envelope = Envelope(
                payloadType: Envelope.inTotoPayloadType,
                payload: payload,
                signatures: [Envelope.Signature(keyID: "", bytes: signature)]
            )
            result.bundle.content = .envelope(envelope)
            let entry = try sigstore.authority.transparencyLog.append(
                .dsse(envelope, verifier: credential.verifier),
                at: sigstore.time
            )
            result.bundle.entries = [entry]
            result.bundle.timestamps = [try sigstore.authority.timestampAuthority.stamp(signature, at: sigstore.time)]
            return result
        }
    }

    /// The set of digests of the one subject, by what the artifact's own are.
    private static let misnamed: [Defect] = {
        let zeros = String(repeating: "0", count: 64)
        let sets: [(String, @Sendable ([UInt8]) -> String)] = [
            ("subject by SHA-1 alone", { _ in #"{"sha1":"\#(zeros.prefix(40))"}"# }),
            ("subject by MD5 alone", { _ in #"{"md5":"\#(zeros.prefix(32))"}"# }),
            (
                "subject by another SHA-256 beside a SHA-1",
                { _ in #"{"sha256":"\#(zeros)","sha1":"\#(zeros.prefix(40))"}"# }
            ),
            ("SHA-512 under the name of SHA-256", { #"{"sha256":"\#(Digest(hashing: $0, .sha512).hex)"}"# }),
            ("subject in upper-case digits", { #"{"sha256":"\#(Digest(hashing: $0).hex.uppercased())"}"# }),
            ("subject with its algorithm twice", { #"{"sha256":"\#(Digest(hashing: $0))"}"# }),
            ("subject without its last digit", { #"{"sha256":"\#(Digest(hashing: $0).hex.dropLast())"}"# }),
            ("subject without a digest", { _ in "{}" }),
            ("subject under an algorithm in upper case", { #"{"SHA256":"\#(Digest(hashing: $0).hex)"}"# }),
        ]
        return sets.map { description, digests in
            Defect(description, .subjectMismatch) { sigstore in
                let text = """
                    {"_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1",\
                    "subject":[{"name":"a","digest":\(digests(sigstore.artifact))}],"predicate":{}}
                    """
                return try sigstore.attested(statement: Array(text.utf8))
            }
        }
    }()

    private static let misformed: [Defect] = {
        let crowd = (0..<1025).map { #"{"name":"\#($0)","digest":{"sha256":"00"}}"# }.joined(separator: ",")
        let many = (0..<33).map { #""a\#($0)":"00""# }.joined(separator: ",")
        let head = #""_type":"https://in-toto.io/Statement/v1","predicateType":"https://slsa.dev/provenance/v1""#
        let texts = [
            ("payload that is no JSON", "not-json"), ("empty payload", ""),
            ("statement whose subject is null", "{\(head),\"subject\":null}"),
            ("statement without a subject", "{\(head)}"),
            ("statement with a subject that is null", "{\(head),\"subject\":[null]}"),
            ("statement without a predicate type", #"{"_type":"https://in-toto.io/Statement/v1","subject":[]}"#),
            ("statement with 1025 subjects", "{\(head),\"subject\":[\(crowd)]}"),
            ("subject with 33 digests", "{\(head),\"subject\":[{\"digest\":{\(many)}}]}"),
            ("statement followed by another", "{\(head),\"subject\":[]}{}"),
            (
                "statement of a version between",
                "{\(head.replacing("Statement/v1", with: "Statement/v0.2")),\"subject\":[]}"
            ),
        ]
        return texts.map { description, text in
            Defect(description, .statementMalformed) { try $0.attested(statement: Array(text.utf8)) }
        }
    }()
}
