internal import CaseIndex
package import Correlation

/// The rules for people: a list, or one of them with everything that is known of it.
package enum RulesText {
    /// A line a rule.
    package static func list(_ rules: [any Rule], _ style: TextStyle) -> String {
        var table = TextTable(["RULE", "SEVERITY", "FINDS"])
        for rule in rules {
            table.add([
                TextCell(rule.id, .strong), TextCell(rule.severity.rawValue, rule.severity.tone),
                TextCell(rule.guidance.summary),
            ])
        }
        return table.lines(style).joined(separator: "\n") + "\n"
    }

    /// Everything about one rule.
    package static func page(_ rule: any Rule, _ style: TextStyle) -> String {
        var table = TextTable()
        table.add([TextCell("finds", .quiet), TextCell(rule.guidance.summary)])
        table.add([TextCell("means", .quiet), TextCell(rule.explanation)])
        table.add([TextCell("looks at", .quiet), TextCell(rule.guidance.examines)])
        if rule.needsContext {
            table.add([
                TextCell("", .quiet), TextCell("It compares images, and so belongs to raireki check claims alone."),
            ])
        }
        table.add([TextCell("may be innocent", .quiet), TextCell(rule.guidance.innocentCause)])
        table.add([TextCell("collect next", .quiet), TextCell(rule.guidance.collect)])
        let title = "\(style.paint(rule.id, .strong)) (\(style.paint(rule.severity.rawValue, rule.severity.tone)))"
        return ([title] + table.lines(style)).joined(separator: "\n") + "\n"
    }
}
