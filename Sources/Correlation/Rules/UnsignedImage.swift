package import CaseIndex
internal import Cryptography

/// An image to which no signature or attestation is attached.
package struct UnsignedImage: Rule {
    package let id = "unsigned-image"
    package let severity = FindingSeverity.warning
    package let explanation = """
        No signature or attestation of this image is in the evidence. It may never have been signed, or its signatures \
        were left behind when the evidence was collected.
        """
    package let guidance = RuleGuidance(
        summary: "No signature or attestation of the image is in the evidence.",
        examines: "Signatures that any of the conventions of storage attaches to the image.",
        innocentCause: "Signatures were left behind by the tool that copied the image.",
        collect: "The referrers of the digest, the tags sha256-….sig and .att, and the fallback tag of the registry."
    )

    package func findings(about subject: RuleSubject) -> [FindingRecord] {
        // What is signed below an index does not cover the index.
        guard !subject.signatures.contains(where: { $0.record.subject == subject.image }) else { return [] }
        return [finding(subject, "no signature or attestation of this image is in the evidence", [])]
    }
}
