internal import OCI

/// For which machine an image is.
package struct ImagePlatform: Hashable, Sendable, CustomStringConvertible {
    /// GOOS.
    package let os: String
    /// GOARCH.
    package let architecture: String
    /// For example `v8`.
    package let variant: String?

    /// Reads `os/architecture[/variant]`, or `architecture` alone for Linux.
    ///
    /// - Throws: ``AssemblyError``.
    package init(_ text: String) throws(AssemblyError) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { $0.lowercased() }
        let isPlain = parts.allSatisfy { part in
            !part.isEmpty
                && part.utf8.allSatisfy { $0.isNameByte || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
        }
        guard isPlain, parts.count <= 3 else { throw AssemblyError(.badPlatform(text)) }
        let known = ["x86_64": "amd64", "x86-64": "amd64", "aarch64": "arm64"]
        guard parts.count > 1 else {
            guard text.lowercased() != "linux" else { throw AssemblyError(.badPlatform(text)) }
            (os, architecture, variant) = ("linux", known[parts[0]] ?? parts[0], nil)
            return
        }
        (os, architecture) = (parts[0], known[parts[1]] ?? parts[1])
        let stated = parts.count == 3 ? parts[2] : nil
        // 64-bit Arm means its eighth version.
        variant = architecture == "arm64" && stated == "v8" ? nil : stated
    }

    private init(architecture: String) {
        (os, self.architecture, variant) = ("linux", architecture, nil)
    }

    /// The machine on which this program runs.
    package static let current: ImagePlatform = {
        #if arch(arm64)
            ImagePlatform(architecture: "arm64")
        #elseif arch(x86_64)
            ImagePlatform(architecture: "amd64")
        #else
            ImagePlatform(architecture: "unknown")
        #endif
    }()

    /// `os/architecture[/variant]`.
    package var description: String {
        [os, architecture].joined(separator: "/") + (variant.map { "/\($0)" } ?? "")
    }

    /// Whether both are the same machine, as far as both say which.
    func isSame(as other: ImagePlatform) -> Bool {
        os == other.os && architecture == other.architecture
            && (variant == nil || other.variant == nil || variant == other.variant)
    }

    /// Whether an image for the stated platform runs here.
    func accepts(_ stated: Platform) -> Bool {
        stated.os == os && stated.architecture == architecture
            && (variant == nil || stated.variant == nil || stated.variant == variant)
    }
}
