internal import Cryptography

/// The name of a target that is asked for: up to four names of the fixed grammar, joined by slashes.
package struct TargetName: Hashable, Sendable {
    /// The whole name.
    package let text: String
    private let components: [String]

    /// Checks a name.
    ///
    /// - Throws: ``TUFError/refusedTargetName(_:)``.
    package init(_ text: String) throws(TUFError) {
        let components = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard components.count <= 4, RepositoryPath(components: components) != nil else {
            throw .refusedTargetName(text)
        }
        self.text = text
        self.components = components
    }

    /// The trusted root of a Sigstore instance.
    package static let trustedRoot = TargetName(checked: "trusted_root.json")

    private init(checked name: String) {
        text = name
        components = [name]
    }

    /// Where the target may lie: below `targets` or at the top, each with and without a digest in its name.
    func paths(_ digests: [Digest]) -> [RepositoryPath] {
        guard let last = components.last else { return [] }
        let folder = components.dropLast()
        var names = digests.map { "\($0.hex).\(last)" }
        names.append(last)
        return [["targets"], []].flatMap { top in
            names.compactMap { RepositoryPath(components: top + folder + [$0]) }
        }
    }
}
