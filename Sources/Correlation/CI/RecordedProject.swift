internal import Cryptography

/// The project of which a service recorded something.
struct RecordedProject {
    /// The host of the service, with its port.
    let server: String?
    /// The project's path on that host.
    let path: String?

    /// Whether it may be a project that is named as `host/path` or as a path: where either does not say which it is,
    /// nothing speaks against it.
    func mayBe(_ project: String?) -> Bool {
        guard let project, let path else { return true }
        return project.hasSameBytes(as: path) || server.map { project.hasSameBytes(as: "\($0)/\(path)") } ?? false
            || server == nil && project.beforeSuffix("/" + path) != nil
    }
}
