extension FactValue {
    /// A file in a repository: `scheme://host/project/path@ref`, where `//` (GitLab) or `.github/workflows`
    /// (GitHub) begins the path of the file.
    static func workflow(_ text: String, aspect: Aspect = .itself) -> FactValue {
        guard let location = RepositoryLocation(text) else { return FactValue(text, aspect: aspect) }
        let at = location.ref.map { "@" + $0 } ?? ""
        if let (project, file) = location.path.splitOnce(at: "//") {
            return FactValue(file, scope: "\(location.host)/\(project)\(at)", aspect: aspect)
        }
        if let (project, file) = location.path.splitOnce(at: "/.github/workflows/") {
            return FactValue(
                ".github/workflows/" + file,
                scope: "\(location.host)/\(project)\(at)",
                aspect: aspect
            )
        }
        return FactValue(location.path, scope: location.host + at, aspect: aspect)
    }
}
