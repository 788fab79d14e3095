internal import CaseIndex
internal import Cryptography
internal import Git
internal import OpenPGP

/// Records OpenPGP signatures (RFC 9580) without verifying them: who is said to have signed, and when.
enum OpenPGPCommitCheck {
    static func judge(_ signature: ObjectSignature, into findings: inout CommitFindings) {
        guard let packet = try? OpenPGPSignature(armour: signature.armour) else {
            findings.add("form", .notPerformed, "openpgp.unreadable", "an OpenPGP signature that cannot be read")
            return
        }
        let key = packet.issuerFingerprint ?? packet.issuerKeyID
        findings.identity = key.map { "key \($0)" }
        let time = packet.createdAt.map { ", made at \($0) by its own word" } ?? ""
        findings.add(
            "signature",
            .notPerformed,
            "openpgp.unsupported",
            "an OpenPGP signature by the key \(key ?? "that it does not name")\(time)"
        )
    }
}
