internal import CaseIndex
internal import Cryptography
package import Filesystem
internal import Presentation
package import StrictJSON

/// Who signed an image, in a few words.
package enum SignerText {
    /// One line a signature, or one that says that there is none; safe text.
    package static func lines(_ signers: [ImageSigner]) -> [String] {
        signers.isEmpty ? ["unsigned"] : signers.map(line)
    }

    private static func line(_ signer: ImageSigner) -> String {
        guard let verdict = signer.verdict else {
            let claim = signer.claimedIdentity.map { "; the certificate names \(shown($0))" } ?? ""
            return "signed, not verified yet\(claim)"
        }
        let name = shown(verdict.identity ?? signer.claimedIdentity ?? "a key")
        guard verdict.isAuthentic else { return "signature not authentic (\(name))" }
        let trust = verdict.isTrusted.map { $0 ? "trusted" : "authentic, not who was expected" } ?? "authentic"
        return "signed by \(name) (\(trust))"
    }

    private static func shown(_ text: String) -> String {
        EscapedText(text, limit: TextCell.limit).text
    }

    /// The same as JSON.
    package static func json(_ signers: [ImageSigner]) -> JSONValue {
        .array(
            signers.map { signer in
                .members([
                    ("signature", JSONValue(signer.signatureID)),
                    ("subject", JSONValue("\(signer.subject)")),
                    ("verified", .bool(signer.verdict != nil)),
                    ("authentic", signer.verdict.map { .bool($0.isAuthentic) } ?? .null),
                    ("trusted", signer.verdict?.isTrusted.map { .bool($0) } ?? .null),
                    ("identity", JSONValue(signer.verdict?.identity)),
                    ("issuer", JSONValue(signer.verdict?.identityIssuer)),
                    ("claimedIdentity", JSONValue(signer.claimedIdentity)),
                ])
            }
        )
    }
}
