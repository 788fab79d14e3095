package import Archive
package import Cryptography

/// What is to be built, and how.
package struct BuildRequest: Sendable {
    /// A name with a value, in the order in which they were given.
    package typealias Pair = (name: String, value: String)

    /// What the image is made from.
    package var input: Input
    /// `--build-arg`.
    package var arguments: [Pair] = []
    /// The stage that is wanted; nil for the last.
    package var target: String?
    /// The platforms; several make an index.
    package var platforms: [ImagePlatform] = [.current]
    /// Whether somebody asked for these platforms.
    package var isPlatformStated = false
    /// Layouts in which base images lie, by the name that the Dockerfile gives them.
    package var bases: [(name: String, source: LayoutSource)] = []
    /// Labels that are added in the end.
    package var labels: [Pair] = []
    /// Annotations.
    package var annotations: [Annotation] = []
    /// The names under which the image is listed.
    package var names: [ImageReference] = []
    /// How layers are compressed.
    package var compression: OutputCompression = .gzip(level: 6)
    /// The time of the image, and the latest that a file in it may have.
    package var created: Timestamp = Timestamp(seconds: 0)
    /// Whether an attestation of how it was built is added.
    package var hasProvenance = false
    /// How many processors are used.
    package var workers = 1
    /// Where temporary files are when no layout is written, beside which they else are.
    package var temporaryFolder = "/tmp"
    /// The program `bwrap`; nil when it is not there.
    package var bubblewrap: String?
    /// Whether extended attributes of files on disk are kept.
    package var keepsExtendedAttributes = false

    /// A request with nothing but an input.
    package init(_ input: Input) {
        self.input = input
    }

    /// What an image is made from.
    package enum Input: Sendable {
        /// A Dockerfile and the folder that it copies from.
        case dockerfile(DockerfileInput)
        /// A root file system as it is: a folder, or an archive of one, and instructions that change the configuration.
        case rootFileSystem(path: String, changes: [String])
    }

    /// A Dockerfile and its context.
    package struct DockerfileInput: Sendable {
        /// The Dockerfile.
        package var bytes: [UInt8]
        /// Its name, for the provenance.
        package var name: String
        /// The folder from which files are copied.
        package var context: String
        /// The rules of what is left out, and the name of the file that holds them.
        package var ignore: (bytes: [UInt8], name: String)?

        /// A Dockerfile in a context that leaves nothing out.
        package init(bytes: [UInt8], name: String, context: String) {
            (self.bytes, self.name, self.context) = (bytes, name, context)
        }
    }

    /// An annotation and where it goes.
    package struct Annotation: Hashable, Sendable {
        /// Where an annotation can go.
        package enum Place: String, Hashable, Sendable, CaseIterable {
            /// The manifest of each image.
            case manifest
            /// The descriptors of the manifests, in an index.
            case manifestDescriptor = "manifest-descriptor"
            /// The index, when there is one.
            case index
            /// The descriptor in `index.json`.
            case indexDescriptor = "index-descriptor"
        }

        /// Where it goes.
        package let place: Place
        /// Its key.
        package let key: String
        /// Its value.
        package let value: String

        /// An annotation.
        package init(place: Place, key: String, value: String) {
            (self.place, self.key, self.value) = (place, key, value)
        }
    }
}

/// What happens while an image is built.
package enum BuildEvent: Sendable {
    /// A step of a stage begins.
    case step(stage: String, number: Int, count: Int, text: String)
    /// A program wrote a line.
    case output([UInt8])
    /// Something that the author of the Dockerfile should know.
    case warning(String, DockerfileLocation?)
}
