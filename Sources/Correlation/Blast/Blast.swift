package import CaseIndex
package import Cryptography

/// What is affected when something is taken for compromised: directly, and by being made from what is affected.
///
/// It is asked of the records as they are and changes none of them.
package struct Blast: Sendable {
    /// What is taken for compromised.
    package let distrusts: [Distrust]
    /// Every affected image, those that are affected directly first, then by how far away they are, then by digest.
    package let images: [AffectedImage]
    /// The affected images in an order in which each can be made anew from those before it.
    package let rebuildOrder: [Digest]
    /// Images that are affected by one another, which only statements that nobody signed can say: they stand last in
    /// the order of rebuilding.
    package let circular: Set<Digest>
    private let places: [Digest: Int]

    /// Follows what is affected.
    ///
    /// - Parameters:
    ///   - distrusts: What is taken for compromised.
    ///   - reader: The case.
    /// - Throws: ``CaseError``.
    package init(_ distrusts: [Distrust], in reader: CaseReader) throws {
        self.distrusts = distrusts
        var spread = BlastSpread(reader)
        let search = ImageSearch(reader)
        for distrust in distrusts {
            for match in try search.matches(distrust.criterion) where match.mayMeet(distrust.window) {
                spread.add(direct: match, of: distrust)
            }
        }
        try spread.follow()
        images = try spread.images()
        places = Dictionary(images.enumerated().map { ($0.element.image, $0.offset) }) { first, _ in first }
        (rebuildOrder, circular) = BlastOrder.order(images)
    }

    /// The image of a digest, when it is affected.
    package func image(_ digest: Digest) -> AffectedImage? {
        places[digest].map { images[$0] }
    }

    /// The way from an affected image back to one that is affected directly, the image itself first.
    package func chain(of digest: Digest) -> [AffectedImage] {
        var chain: [AffectedImage] = []
        var seen: Set<Digest> = []
        var next: Digest? = digest
        while let current = next, seen.insert(current).inserted, let image = image(current) {
            chain.append(image)
            next = image.directs.isEmpty ? image.links.first?.from : nil
        }
        return chain
    }
}

/// An image that is affected, with every reason.
package struct AffectedImage: Hashable, Sendable {
    /// The image.
    package let image: Digest
    /// Its names, sorted; from evidence, not escaped.
    package let names: [String]
    /// Whether its manifest is in the case.
    package let isPresent: Bool
    /// The records that tie it to what is taken for compromised; none when it is affected through others alone.
    package let directs: [DirectReason]
    /// The affected images through which it is affected, the nearest to a direct one first.
    package let links: [BlastLink]
    /// How many steps it is away from one that is affected directly.
    package let distance: Int

    /// Whether it is only known to match at some time, and the distrust has a window.
    package var isTimeUnknown: Bool {
        !directs.isEmpty && links.isEmpty && directs.allSatisfy(\.isTimeUnknown)
    }
}

/// One record that ties an image to what is taken for compromised.
package struct DirectReason: Hashable, Sendable {
    /// What is taken for compromised.
    package let distrust: Distrust
    /// The record.
    package let match: ImageMatch

    /// Whether the distrust has a window, and nobody knows when the match was.
    package var isTimeUnknown: Bool {
        distrust.hasWindow && match.time == nil
    }
}

/// That an image is affected because another is.
package struct BlastLink: Hashable, Sendable {
    /// The other image.
    package let from: Digest
    /// How it hangs together with it.
    package let kind: Kind
    /// What says so: layers and diffIDs are compared, an annotation is only stated.
    package let evidence: String

    /// How two images hang together.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// It is built on the other: its lower layers are the other's.
        case derived
        /// The same for what the layers expand to.
        case derivedExpanded = "derived-diff-ids"
        /// An unsigned annotation says that the other is its base.
        case statedBase = "stated-base"
        /// It has a layer that the other added to its own base.
        case sharesLayer = "shares-layer"
        /// It is an index that lists the other.
        case lists
        /// It is listed by the other, an index.
        case listed
    }
}
