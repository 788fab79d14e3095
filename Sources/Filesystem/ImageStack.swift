package import CaseIndex
package import Cryptography
internal import OCI

/// The layers of one image, the lowest first, with the step of the build that made each.
package struct ImageStack: Sendable {
    /// The image: a manifest, or the configuration that stands for a saved image.
    package let image: Digest
    /// Its configuration, when it names one.
    package let configuration: Digest?
    /// Its layers.
    package let layers: [StackedLayer]

    /// Reads an image's layers from the case.
    ///
    /// - Throws: ``CaseError``.
    package init(of image: Digest, in reader: CaseReader) throws {
        self.image = image
        let isSaved = try reader.artifact(image)?.role == .savedImage
        configuration = isSaved ? image : try Self.configuration(of: image, reader)
        let listed = try reader.layers(ofImage: image)
        let steps = try Self.steps(configuration, layerCount: listed.count, reader)
        layers = try listed.enumerated().map { index, layer in
            StackedLayer(
                number: index + 1,
                digest: layer.observed ?? layer.named,
                named: layer.named,
                outcome: layer.outcome,
                stored: try reader.layer(layer.observed ?? layer.named),
                step: steps.indices.contains(index) ? steps[index] : nil
            )
        }
    }

    private static func configuration(of image: Digest, _ reader: CaseReader) throws -> Digest? {
        try reader.relationships(from: image).first { $0.kind == .configuration }?.target
    }

    /// The steps that made layers; none when their number is not that of the layers, so that none can be told apart.
    private static func steps(_ configuration: Digest?, layerCount: Int, _ reader: CaseReader) throws -> [BuildStep] {
        guard let configuration, let bytes = try reader.content(configuration),
            let parsed = try? ImageConfiguration(parsing: bytes)
        else { return [] }
        let steps = parsed.history.enumerated().filter { !$0.element.isEmptyLayer }.map { number, entry in
            BuildStep(number: number + 1, createdBy: entry.createdBy, created: entry.created)
        }
        return steps.count == layerCount ? steps : []
    }

    /// Why the files of the image are not all known; empty when they are.
    package var gaps: [String] {
        layers.compactMap { layer in
            let name =
                "layer \(layer.number) of \(layers.count), \(layer.named.algorithm.rawValue):\(layer.named.short)"
            guard let stored = layer.stored else { return "\(name): its files are not in the case" }
            if layer.isAltered { return "\(name): other bytes lie in its place, whose files are shown" }
            return stored.failure.map { "\(name): \($0)" }
        }
    }
}

/// One layer of an image.
package struct StackedLayer: Hashable, Sendable {
    /// Its place, from 1 for the lowest.
    package let number: Int
    /// The digest of the bytes at its place.
    package let digest: Digest
    /// The digest that the image names.
    package let named: Digest
    /// How these compare.
    package let outcome: DescriptorOutcome
    /// What the case knows of its files; nil when it does not know them.
    package let stored: LayerRecord?
    /// The step of the build that made it, when the configuration tells.
    package let step: BuildStep?

    /// Whether the bytes at its place are not those that the image names.
    package var isAltered: Bool { digest != named }
}

/// One step of a build, as the image configuration tells it; nobody vouches for that.
package struct BuildStep: Hashable, Sendable {
    /// Its place in the history, from 1; steps without a layer count.
    package let number: Int
    /// What ran.
    package let createdBy: String?
    /// When, as it is written.
    package let created: String?
}
