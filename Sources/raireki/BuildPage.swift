internal import Assembly
internal import Cryptography
internal import OCI
internal import StrictJSON

/// What `raireki build` prints.
enum BuildPage {
    static func text(_ result: ImageBuilder.Result, names: [ImageReference], format: FormatOption.Format) -> String {
        switch format {
        case .text:
            let digest = result.descriptor.digest.description
            return (names.isEmpty ? [digest] : names.map { "\(digest)  \($0.text)" }).map { $0 + "\n" }.joined()
        case .json: return json(result, names).pretty + "\n"
        }
    }

    private static func json(_ result: ImageBuilder.Result, _ names: [ImageReference]) -> JSONValue {
        [
            "schema": "urn:raireki:build:1",
            "digest": JSONValue(result.descriptor.digest.description),
            "mediaType": JSONValue(result.descriptor.mediaType.text),
            "size": JSONValue(result.descriptor.size),
            "names": .array(names.map { JSONValue($0.text) }),
            "images": .array(
                result.images.map { image in
                    [
                        "platform": JSONValue(image.platform.description),
                        "digest": JSONValue(image.manifest.digest.description),
                        "configuration": JSONValue(image.configuration.digest.description),
                        "layers": .array(
                            image.layers.map { layer in
                                [
                                    "digest": JSONValue(layer.digest.description),
                                    "mediaType": JSONValue(layer.mediaType.text), "size": JSONValue(layer.size),
                                ]
                            }
                        ),
                    ]
                }
            ),
        ]
    }
}
