package import Cryptography

/// What signing asks of others: places in transparency logs, and timestamps.
package protocol SigningServices {
    /// Certificates above those that the services' authority issues, DER, the root last; empty when there are none.
    var chain: [[UInt8]] { get }

    /// Logs a body in the log of the first generation.
    ///
    /// - Throws: ``CryptographyError``.
    mutating func logFirst(_ body: LogEntryDraft, at time: Timestamp) throws(CryptographyError) -> LoggedEntry

    /// Logs a body in the log of the second generation.
    ///
    /// - Throws: ``CryptographyError``.
    mutating func logSecond(_ body: LogEntryDraft, at time: Timestamp) throws(CryptographyError) -> LoggedEntry

    /// Stamps a message: the TimeStampResp, DER.
    ///
    /// - Throws: ``CryptographyError``.
    mutating func stamp(_ message: [UInt8], at time: Timestamp) throws(CryptographyError) -> [UInt8]
}

extension LocalAuthority: SigningServices {
    package var chain: [[UInt8]] { certificateAuthority.chain }

    package mutating func logFirst(
        _ body: LogEntryDraft,
        at time: Timestamp
    ) throws(CryptographyError) -> LoggedEntry {
        try transparencyLog.append(body, at: time)
    }

    package mutating func logSecond(
        _ body: LogEntryDraft,
        at time: Timestamp
    ) throws(CryptographyError) -> LoggedEntry {
        try tileLog.append(body, at: time)
    }

    package mutating func stamp(_ message: [UInt8], at time: Timestamp) throws(CryptographyError) -> [UInt8] {
        try timestampAuthority.stamp(message, at: time)
    }
}

/// A key alone: nothing is logged and nothing is stamped.
package struct NoServices: SigningServices {
    /// No services.
    package init() {}

    package var chain: [[UInt8]] { [] }

    package mutating func logFirst(
        _ body: LogEntryDraft,
        at time: Timestamp
    ) throws(CryptographyError) -> LoggedEntry {
        throw .unsupported("a transparency log without an authority")
    }

    package mutating func logSecond(
        _ body: LogEntryDraft,
        at time: Timestamp
    ) throws(CryptographyError) -> LoggedEntry {
        throw .unsupported("a transparency log without an authority")
    }

    package mutating func stamp(_ message: [UInt8], at time: Timestamp) throws(CryptographyError) -> [UInt8] {
        throw .unsupported("a timestamp without an authority")
    }
}
