/// Arguments in their plainest form: options that are each given once as `--name value`, and flags, and one operand.
///
/// ArgumentParser finds a command's options by reflection, which takes longer than a bundle takes to verify. Scripts that
/// verify file after file write nothing but this form. What is not of it (another option, `--name=value`, a request
/// for help, a mistake) is no plain argument, and is left to ArgumentParser with every word about it.
struct PlainArguments {
    private var given: [(name: String, value: String)] = []
    /// The one argument that is no option.
    let operand: String

    /// Splits arguments; nil when they are not of this form.
    init?(_ arguments: some Sequence<String>, options: [String], flags: [String]) {
        var operand: String?
        var rest = arguments.makeIterator()
        while let argument = rest.next() {
            let isFlag = flags.contains(argument)
            if isFlag || options.contains(argument) {
                guard let value = isFlag ? "" : rest.next(), !Self.isOption(value),
                    !given.contains(where: { $0.name == argument })
                else { return nil }
                given.append((argument, value))
            } else {
                guard operand == nil, !Self.isOption(argument) else { return nil }
                operand = argument
            }
        }
        guard let operand else { return nil }
        self.operand = operand
    }

    /// The value of an option, empty for a flag; nil when it is not given.
    subscript(option: String) -> String? {
        given.first { $0.name == option }?.value
    }

    private static func isOption(_ argument: String) -> Bool {
        argument.utf8.first == UInt8(ascii: "-")
    }
}
