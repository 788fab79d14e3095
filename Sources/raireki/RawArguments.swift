internal import Presentation

/// The arguments of the process with every byte: names of files need not be UTF-8, and Swift would replace what is not.
enum RawArguments {
    /// The arguments behind the program's name.
    static let ofProcess: [String] = (1..<max(1, Int(CommandLine.argc))).compactMap { index in
        CommandLine.unsafeArgv[index].map { pointer in
            var bytes: [UInt8] = []
            var next = pointer
            while next.pointee != 0 {
                bytes.append(UInt8(bitPattern: next.pointee))
                next += 1
            }
            return text(bytes)
        }
    }

    /// An argument as it is; one that is not UTF-8 in the escapes in which such names are shown and taken.
    static func text(_ bytes: [UInt8]) -> String {
        String(validating: bytes, as: UTF8.self) ?? EscapedText(bytes).text
    }
}
