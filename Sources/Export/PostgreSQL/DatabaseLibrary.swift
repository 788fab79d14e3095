internal import CPostgreSQL

/// libpq, found on this machine when it is asked for.
struct DatabaseLibrary {
    let functions: raireki_libpq

    /// - Throws: ``ExportError/noLibrary(reason:)``.
    init() throws(ExportError) {
        var functions = raireki_libpq()
        if let reason = raireki_libpq_load(&functions) { throw .noLibrary(reason: String(cString: reason)) }
        self.functions = functions
    }
}

/// What an address says, as far as it may be told.
struct DatabaseAddress {
    /// Host, port and database, without user and password.
    let server: String
    /// What must be in no message.
    private let secrets: [String]

    /// - Throws: ``ExportError/malformedURL(reason:)``, which repeats nothing of the address.
    init(_ url: String, _ library: DatabaseLibrary) throws(ExportError) {
        guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://")
        else { throw .malformedURL(reason: "it does not begin with postgresql://") }
        guard let options = library.functions.conninfoParse(url, nil)
        else { throw .malformedURL(reason: "libpq does not understand it") }
        defer { library.functions.conninfoFree(options) }
        var values: [String: String] = [:]
        var option = options
        while let keyword = option.pointee.keyword {
            if let value = option.pointee.val { values[String(cString: keyword)] = String(cString: value) }
            option += 1
        }
        secrets = ["password", "sslpassword", "oauth_client_secret"].compactMap { values[$0] }.filter { !$0.isEmpty }
        let host = values["host"] ?? values["hostaddr"] ?? "(default host)"
        server = "\(host):\(values["port"] ?? "(default port)")/\(values["dbname"] ?? "(default database)")"
    }

    /// Text of libpq's without what is secret.
    func redacted(_ text: String) -> String {
        let lines = text.split { $0.isNewline }.joined(separator: " ")
        return secrets.reduce(lines) { $0.replacing($1, with: "[redacted]") }
    }
}
