internal import CPostgreSQL

/// One connection to a PostgreSQL server.
final class DatabaseConnection {
    /// Where it leads, without user and password.
    var server: String { address.server }
    private let library: DatabaseLibrary
    private let address: DatabaseAddress
    private let connection: OpaquePointer

    /// Connects, and makes sure that the server can hold every text.
    ///
    /// - Throws: ``ExportError``.
    init(_ url: String) throws(ExportError) {
        library = try DatabaseLibrary()
        let address = try DatabaseAddress(url, library)
        self.address = address
        let connection = withUnsafePointer(to: library.functions) { raireki_libpq_connect($0, url) }
        guard let connection else { throw .noConnection(server: address.server, reason: "no memory") }
        // From here on the connection is ended with the object, also when it is not made to the end.
        self.connection = connection
        guard library.functions.status(connection) == CONNECTION_OK else {
            let reason = Self.message(library, connection, address)
            throw .noConnection(server: address.server, reason: reason)
        }
        let encoding = library.functions.parameterStatus(connection, "server_encoding").map { String(cString: $0) }
        guard encoding == "UTF8" else {
            throw .unsuitableServer(reason: "the database's encoding is \(encoding ?? "unknown"), not UTF8")
        }
        guard library.functions.serverVersion(connection) >= Self.oldestVersion else {
            throw .unsuitableServer(reason: "it is older than PostgreSQL 12")
        }
    }

    deinit {
        library.functions.finish(connection)
    }

    private static let oldestVersion: Int32 = 120_000

    // MARK: - Statements

    /// Runs statements without parameters.
    func run(_ sql: String) throws(ExportError) {
        let result = library.functions.exec(connection, sql)
        defer { library.functions.clear(result) }
        try check(result)
    }

    /// Runs one statement with parameters, and answers its rows as text.
    func rows(_ sql: String, _ parameters: [String] = []) throws(ExportError) -> [[String?]] {
        let result = Self.withCStrings(parameters) { values in
            library.functions.execParams(connection, sql, Int32(parameters.count), nil, values, nil, nil, 0)
        }
        defer { library.functions.clear(result) }
        try check(result)
        let columns = library.functions.nfields(result)
        return (0..<library.functions.ntuples(result)).map { row in
            (0..<columns).map { column in
                guard library.functions.getisnull(result, row, column) == 0 else { return nil }
                return library.functions.getvalue(result, row, column).map { String(cString: $0) }
            }
        }
    }

    /// Runs `body` in a transaction.
    func transaction(_ body: () throws -> Void) throws {
        try run("BEGIN")
        do {
            try body()
            try run("COMMIT")
        } catch {
            try? run("ROLLBACK")
            throw error
        }
    }

    private static func withCStrings<Result>(
        _ texts: [String],
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
    ) -> Result {
        func next(_ rest: ArraySlice<String>, _ pointers: [UnsafePointer<CChar>?]) -> Result {
            guard let text = rest.first else { return pointers.withUnsafeBufferPointer { body($0.baseAddress) } }
            return text.withCString { next(rest.dropFirst(), pointers + [$0]) }
        }
        return next(texts[...], [])
    }

    // MARK: - COPY

    /// Sends rows in COPY's binary form, which `pieces` hands over without the header and the trailer.
    func copy(_ sql: String, _ bytes: [UInt8]) throws(ExportError) {
        let begun = library.functions.exec(connection, sql)
        let status = library.functions.resultStatus(begun)
        if status != PGRES_COPY_IN {
            defer { library.functions.clear(begun) }
            try check(begun)
        }
        library.functions.clear(begun)
        try send(CopyRows.header)
        try send(bytes)
        try send(CopyRows.trailer)
        guard library.functions.putCopyEnd(connection, nil) == 1 else { throw lost() }
        var failure: ExportError?
        while let result = library.functions.getResult(connection) {
            do throws(ExportError) {
                try check(result)
            } catch {
                failure = failure ?? error
            }
            library.functions.clear(result)
        }
        if let failure { throw failure }
    }

    private func send(_ bytes: [UInt8]) throws(ExportError) {
        var offset = 0
        while offset < bytes.count {
            let count = min(bytes.count - offset, Self.pieceSize)
            let isSent = bytes.withUnsafeBytes { buffer in
                let start = buffer.baseAddress?.advanced(by: offset).assumingMemoryBound(to: CChar.self)
                return library.functions.putCopyData(connection, start, Int32(count)) == 1
            }
            guard isSent else { throw lost() }
            offset += count
        }
    }

    private static let pieceSize = 1 << 20

    // MARK: - Errors

    private func check(_ result: OpaquePointer?) throws(ExportError) {
        let status = library.functions.resultStatus(result)
        guard status != PGRES_COMMAND_OK, status != PGRES_TUPLES_OK else { return }
        let state = library.functions.resultErrorField(result, raireki_sqlstate).map { String(cString: $0) }
        guard let state else { throw lost() }
        throw .database(
            state: state,
            reason: Self.message(library, connection, address)
        )
    }

    private static func message(
        _ library: DatabaseLibrary,
        _ connection: OpaquePointer,
        _ address: DatabaseAddress
    ) -> String {
        address.redacted(library.functions.errorMessage(connection).map { String(cString: $0) } ?? "no reason given")
    }

    private func lost() -> ExportError {
        .noConnection(server: server, reason: Self.message(library, connection, address))
    }
}
