import ArgumentParser
internal import Evidence

/// `--limit NAME=VALUE`: another limit of import than the usual one.
struct LimitOption: ParsableArguments {
    @Option(
        name: .customLong("limit"),
        help: ArgumentHelp(
            """
            Another limit, for example expanded-layer-bytes=32GiB; may be given several times. What lies beyond a \
            limit is counted and told, never silently dropped. The limits: \(LimitValue.list).
            """,
            valueName: "name=value"
        ),
        completion: .list(ImportLimitName.allCases.map { "\($0.rawValue)=" })
    )
    var changes: [LimitValue] = []

    /// The usual limits, changed; of several changes of one limit the last one counts.
    var limits: ImportLimits {
        changes.reduce(into: .standard) { $0[$1.name] = $1.value }
    }
}

/// One changed limit.
struct LimitValue: ExpressibleByArgument {
    let name: ImportLimitName
    let value: Int64

    private static let units: [(suffix: String, shift: Int64)] = [("KiB", 10), ("MiB", 20), ("GiB", 30), ("TiB", 40)]

    /// Reads `members=5000` and `document-bytes=16MiB`; nil for another name, a negative number, or one too large.
    init?(argument: String) {
        let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let name = ImportLimitName(rawValue: parts[0]) else { return nil }
        let unit = name.isBytes ? Self.units.first { parts[1].hasSuffix($0.suffix) } : nil
        let digits = unit.map { String(parts[1].dropLast($0.suffix.count)) } ?? parts[1]
        guard !digits.isEmpty, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let number = Int64(digits) else {
            return nil
        }
        let (value, overflow) = number.multipliedReportingOverflow(by: 1 << (unit?.shift ?? 0))
        guard !overflow else { return nil }
        self.name = name
        self.value = value
    }

    /// A number with the largest unit that divides it.
    static func text(_ value: Int64, isBytes: Bool) -> String {
        guard isBytes, let unit = units.last(where: { value > 0 && value % (1 << $0.shift) == 0 }) else {
            return "\(value)"
        }
        return "\(value >> unit.shift)\(unit.suffix)"
    }

    /// Every limit with what is usual.
    static var list: String {
        ImportLimitName.allCases.map { name in
            "\(name.rawValue) (\(name.purpose); \(text(ImportLimits.standard[name], isBytes: name.isBytes)))"
        }.joined(separator: ", ")
    }
}
