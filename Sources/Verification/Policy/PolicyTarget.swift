internal import CaseIndex
package import Cryptography

/// An image with everything that a rule may know it by.
package struct PolicyTarget: Sendable {
    /// The image.
    package let image: Digest
    /// The indexes whose bytes list the image: a signature over one of them covers it.
    package let indexes: [Digest]
    /// The names that evidence gives the image, or one of those indexes.
    package let names: [String]

    var digests: [Digest] { [image] + indexes }

    init(_ image: Digest, _ reader: CaseReader) throws {
        self.image = image
        var found: [Digest] = []
        var pending = [image]
        var visited: Set<Digest> = [image]
        while let artifact = pending.popLast() {
            for listing in try reader.relationships(to: artifact)
            where listing.kind == .child && listing.outcome == .matched && visited.insert(listing.origin).inserted {
                found.append(listing.origin)
                pending.append(listing.origin)
            }
        }
        indexes = found.sorted()
        names = Set(try ([image] + found).flatMap { try reader.references(to: $0).map(\.name) }).sorted()
    }
}
