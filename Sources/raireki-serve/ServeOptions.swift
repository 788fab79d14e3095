/// What `raireki serve` hands over.
struct ServeOptions {
    let casePath: String
    let port: Int
    let version: String

    init?(_ arguments: [String]) {
        var values: [String: String] = [:]
        var rest = arguments[...]
        while let name = rest.popFirst() {
            guard ["--case", "--port", "--version"].contains(name), let value = rest.popFirst(), values[name] == nil
            else { return nil }
            values[name] = value
        }
        guard let path = values["--case"], let port = values["--port"].flatMap({ Int($0) }),
            (0...65_535).contains(port),
            let version = values["--version"]
        else { return nil }
        (casePath, self.port, self.version) = (path, port, version)
    }
}
