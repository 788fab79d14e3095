internal import CPCRE2

/// A regular expression that a whole text must match, whatever the expression itself anchors.
///
/// PCRE2 with a limit on the work of one match: neither Swift's nor Foundation's engine can be bounded, and the texts
/// come from evidence. A match that would exceed the limit counts as none.
public struct WholeMatchPattern: Sendable {
    /// The expression as it was given.
    public let source: String
    private let handle: Handle

    /// A compiled expression is never changed by matching, so that sharing it between tasks is safe.
    private final class Handle: @unchecked Sendable {
        let code: OpaquePointer
        init(_ code: OpaquePointer) { self.code = code }
        deinit { pcre2_code_free_8(code) }
    }

    /// Steps of backtracking that one match may take; a legitimate identity needs a few dozen.
    private static let matchLimit: UInt32 = 1_000_000

    /// Compiles an expression.
    ///
    /// - Throws: ``PatternError``.
    public init(_ source: String) throws(PatternError) {
        var code: Int32 = 0
        var offset = 0
        let options =
            UInt32(PCRE2_ANCHORED) | UInt32(PCRE2_ENDANCHORED) | UInt32(PCRE2_UTF) | UInt32(PCRE2_DOLLAR_ENDONLY)
        let bytes = Array(source.utf8)
        guard let compiled = pcre2_compile_8(bytes, bytes.count, options, &code, &offset, nil) else {
            throw .malformed(pattern: source, offset: offset, reason: Self.message(code))
        }
        self.source = source
        handle = Handle(compiled)
    }

    /// Whether the whole text matches.
    public func matches(_ text: String) -> Bool {
        guard let data = pcre2_match_data_create_from_pattern_8(handle.code, nil) else { return false }
        defer { pcre2_match_data_free_8(data) }
        let context = pcre2_match_context_create_8(nil)
        defer { pcre2_match_context_free_8(context) }
        pcre2_set_match_limit_8(context, Self.matchLimit)
        let bytes = Array(text.utf8)
        return pcre2_match_8(handle.code, bytes, bytes.count, 0, 0, data, context) > 0
    }

    private static func message(_ code: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 256)
        let length = pcre2_get_error_message_8(code, &buffer, buffer.count)
        return String(decoding: buffer.prefix(Int(max(length, 0))), as: UTF8.self)
    }
}

/// Why an expression cannot be used.
public enum PatternError: Error, Hashable, Sendable {
    /// It is not a regular expression; the offset counts bytes.
    case malformed(pattern: String, offset: Int, reason: String)
}
