internal import Cryptography
internal import OCI
internal import Presentation
internal import StrictJSON

extension OCIError {
    /// What is wrong, for a warning; text from the evidence is escaped.
    var sentence: String {
        switch self {
        case .notJSON(let error): error.sentence
        case .wrongType(let pointer, let expected): "\(Self.place(pointer)) is not the \(expected) that belongs there"
        case .ambiguous(let pointer): "\(Self.place(pointer)) can be read in two ways"
        case .malformedDigest(let pointer, .malformed(let text)),
            .malformedDigest(let pointer, .unknownAlgorithm(let text)):
            "\(Self.place(pointer)) is no digest: \(EscapedText(text, limit: 200))"
        case .sizeOutOfRange(let pointer): "\(Self.place(pointer)) is no size"
        case .tooMany(let pointer, let count, let limit):
            "\(Self.place(pointer)) has \(count) elements, more than the limit of \(limit)"
        }
    }

    private static func place(_ pointer: String) -> String {
        pointer.isEmpty ? "the document" : EscapedText(pointer, limit: 200).text
    }
}

extension JSONError {
    /// What is wrong, for a warning; text from the evidence is escaped.
    var sentence: String {
        switch self {
        case .unexpectedEnd(let offset): "the JSON text ends inside a value at byte \(offset)"
        case .unexpectedByte(_, let offset): "not JSON: a byte that may not stand there, at byte \(offset)"
        case .duplicateName(let name, let offset):
            "a member name occurs twice in one object, at byte \(offset): \(EscapedText(name, limit: 200))"
        case .invalidUTF8(let offset): "not UTF-8 at byte \(offset)"
        case .byteOrderMark: "a byte order mark stands before the JSON text"
        case .invalidEscape(let offset): "an escape that names no character at byte \(offset)"
        case .invalidNumber(let offset): "a number that JSON does not allow at byte \(offset)"
        case .trailingBytes(let offset): "bytes follow the JSON text at byte \(offset)"
        case .tooDeep(let limit, let offset): "nested deeper than the limit of \(limit) at byte \(offset)"
        case .tooLarge(let size, let limit): "\(size) bytes of JSON, more than the limit of \(limit)"
        case .tooManyValues(let limit, _): "more JSON values than the limit of \(limit)"
        }
    }
}
