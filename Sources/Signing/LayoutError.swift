package import Cryptography
package import OCI

/// Why a layout cannot be read, or nothing can be added to it.
package enum LayoutError: Error, Equatable {
    /// The system refused.
    case storage(StorageError)
    /// No layout of a version that is known.
    case notALayout(path: String)
    /// A document that is not what the OCI image specification describes.
    case malformed(path: String, OCIError)
    /// A blob that something names is not there.
    case noBlob(path: String)
    /// The bytes of a blob have another digest than its name says.
    case digestMismatch(path: String, actual: Digest)
    /// The bytes of a blob are more or fewer than a descriptor says.
    case sizeMismatch(path: String, stated: Int, actual: Int)
    /// Nothing in the layout has this name or digest.
    case unknown(String, path: String)
    /// Several images have this name, or no name was given and there are several.
    case ambiguous(String?, path: String, candidates: [String])
    /// The name is another image's.
    case nameTaken(String, other: Digest)
    /// There is no image at all.
    case empty(path: String)
    /// Deeper lists of lists than anybody makes in earnest.
    case tooDeep(path: String)
}
