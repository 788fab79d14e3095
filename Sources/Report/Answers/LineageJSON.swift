package import CaseIndex
package import Correlation
package import Cryptography
internal import Filesystem
package import StrictJSON

/// What an image is derived from, and what is derived from it, as JSON.
package enum LineageJSON {
    /// The document: the image, what it comes from, and what comes from it.
    package static func document(_ lineage: Lineage, _ image: Digest, _ reader: CaseReader) throws -> JSONValue {
        let ancestry = lineage.ancestry(of: image)
        var pending = [image] + ancestry.subtracting([image]).sorted()
        var seen = Set(pending)
        var next = 0
        var images: [JSONValue] = []
        while next < pending.count {
            let node = pending[next]
            next += 1
            images.append(try value(node, lineage, reader))
            for child in lineage.shownChildren(of: node, around: image, ancestry) where seen.insert(child).inserted {
                pending.append(child)
            }
        }
        return Document.make("lineage", [("image", JSONValue("\(image)")), ("images", .array(images))])
    }

    private static func value(_ node: Digest, _ lineage: Lineage, _ reader: CaseReader) throws -> JSONValue {
        let edges = (lineage.edges[node] ?? []).map { edge -> JSONValue in
            [
                "image": JSONValue(edge.origin?.description), "name": JSONValue(edge.name),
                "basis": JSONValue(edge.basis.rawValue), "sharedLayers": JSONValue(edge.sharedLayers),
            ]
        }
        let found = try FoundImage(node, reader)
        return [
            "image": JSONValue("\(node)"), "names": .array(found.names.map { JSONValue($0) }),
            "layers": lineage.layerCounts[node].map { JSONValue($0) } ?? .null,
            "derivedFrom": .array(edges), "signers": SignerText.json(found.signers),
        ]
    }
}
