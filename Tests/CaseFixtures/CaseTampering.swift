internal import CaseIndex
internal import Foundation

extension CaseFixture {
    /// Changes one byte of the first custody record, as somebody would who edits the file; the case is closed first.
    package func breakCustody() throws {
        try caseFile.close()
        var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let text = Array("[\"evidence/layout\"]".utf8)
        for start in 0..<(bytes.count - text.count) where bytes[start..<start + text.count].elementsEqual(text) {
            bytes[start + 2] = UInt8(ascii: "E")
        }
        try Data(bytes).write(to: URL(fileURLWithPath: path))
    }

    /// Removes a file whose name is the case's with a suffix.
    package func removeBeside(_ suffix: String) throws {
        try FileManager.default.removeItem(atPath: path + suffix)
    }
}
