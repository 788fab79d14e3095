internal import Foundation
internal import Glibc

/// Writes a file so that it is there whole, or not at all.
enum OutputFile {
    static func write(_ text: String, to path: String) throws {
        do {
            try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
            throw CommandError.cannotWrite(path: path, reason: reason(error))
        }
    }

    /// The bytes of a file that an option names, refused above `limit` bytes.
    static func read(_ path: String, limit: Int = 64 << 20) throws -> [UInt8] {
        var file = try InputFile(path)
        return try file.bytes(limit: limit)
    }

    /// Whether a file or folder has this path.
    static func exists(_ path: String) -> Bool {
        access(path, F_OK) == 0
    }

    private static func reason(_ error: any Error) -> String {
        let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
        let code = underlying ?? error as NSError
        guard code.domain == NSPOSIXErrorDomain else { return "not possible" }
        return systemReason(Int32(code.code))
    }

    /// The system's own words for an error number.
    static func systemReason(_ code: Int32) -> String {
        String(cString: strerror(code)).lowercased()
    }
}
