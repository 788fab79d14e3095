package import Cryptography

/// That an image fits one criterion, with the record that says so.
package struct ImageMatch: Hashable, Sendable {
    /// The criterion.
    package let criterion: ImageCriterion
    /// The image, as the record names it: the digest that is signed, or of which a document speaks.
    package let image: Digest
    /// The records from the one that matched to the one that names the image, as `table:key`.
    package let records: [String]
    /// Why the weakest of them may be relied on.
    package let basis: Basis
    /// Where it is said, in our own words with the evidence's key: not escaped.
    package let place: String
    /// What is said, in the words of the evidence: not escaped.
    package let value: String
    /// When it was; nil when nothing tells.
    package let time: MatchTime?
    /// The signature that it stands in, if any.
    package let signatureID: String?
}

/// An image that fits every criterion.
package struct ImageHit: Hashable, Sendable {
    /// The image.
    package let image: Digest
    /// Every match, by criterion in the order of asking, the best founded first.
    package let matches: [ImageMatch]
    /// Whether some criterion is met only by matches of which nobody knows when they were.
    package let isTimeUnknown: Bool
}
