package import Cryptography
package import StrictJSON

/// A descriptor (OCI image-spec, "OCI Content Descriptors"): what a document says of another piece of content.
package struct Descriptor: Hashable, Sendable {
    /// The stated media type.
    package var mediaType: MediaType?
    /// The stated digest.
    package var digest: Digest
    /// The stated size in bytes.
    package var size: Int64
    /// Annotations.
    package var annotations: Annotations
    /// The stated platform.
    package var platform: Platform?
    /// The stated artifact type.
    package var artifactType: MediaType?
    /// Places from which the content could be had; never opened.
    package var urls: [String]
    /// The content itself, base64, when it is embedded.
    package var data: String?

    static let known = KnownNames([
        "mediaType", "digest", "size", "urls", "annotations", "data", "artifactType", "platform",
    ])

    /// Reads a descriptor.
    ///
    /// - Parameters:
    ///   - value: The JSON value.
    ///   - pointer: Where it stands.
    /// - Throws: ``OCIError``.
    package init(_ value: JSONValue?, at pointer: String) throws(OCIError) {
        let reader = try DocumentReader(value, at: pointer, known: Self.known)
        mediaType = try reader.optionalString("mediaType").map { MediaType($0) }
        digest = try reader.digest("digest")
        size = try reader.size("size")
        annotations = try reader.annotations()
        platform = try reader["platform"].map { value throws(OCIError) in try Platform(value, at: "\(pointer)/platform")
        }
        artifactType = try reader.optionalString("artifactType").map { MediaType($0) }
        urls = try reader.array("urls", limit: 1000).compactMap(\.string)
        data = try reader.optionalString("data")
    }
}

/// A descriptor in a list, or why the element at its place is none: one bad element does not hide the others.
package typealias DescriptorReading = Result<Descriptor, OCIError>

extension Descriptor {
    /// Reads every element of a list.
    static func list(_ elements: [JSONValue], at pointer: String) -> [DescriptorReading] {
        elements.enumerated().map { position, element in
            Result { () throws(OCIError) in try Descriptor(element, at: "\(pointer)/\(position)") }
        }
    }
}

/// The platform that a descriptor states.
package struct Platform: Hashable, Sendable, CustomStringConvertible {
    /// For example `amd64`.
    package let architecture: String
    /// For example `linux`.
    package let os: String
    /// For example `v8`.
    package let variant: String?

    private static let known = KnownNames(["architecture", "os", "os.version", "os.features", "variant"])

    init(_ value: JSONValue, at pointer: String) throws(OCIError) {
        let reader = try DocumentReader(value, at: pointer, known: Self.known)
        architecture = try reader.optionalString("architecture") ?? ""
        os = try reader.optionalString("os") ?? ""
        variant = try reader.optionalString("variant")
    }

    /// `os/architecture[/variant]`.
    package var description: String {
        [os, architecture].joined(separator: "/") + (variant.map { "/\($0)" } ?? "")
    }
}
