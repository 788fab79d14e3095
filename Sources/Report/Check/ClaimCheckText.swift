internal import CaseIndex
package import Correlation
internal import Cryptography

/// What `check claims` found, for people.
package enum ClaimCheckText {
    /// The images with findings, or every image when few were asked for.
    ///
    /// - Parameters:
    ///   - images: The images.
    ///   - isListing: Whether images without a finding are left out.
    ///   - style: How it is laid out.
    /// - Returns: The page, ending with a newline.
    package static func page(_ images: [CheckedImage], isListing: Bool, _ style: TextStyle) -> String {
        let shown = isListing ? images.filter { !$0.findings.isEmpty } : images
        let blocks = shown.map { block($0, style) }
        guard !blocks.isEmpty else { return "\(style.paint("no findings", .good))\n" }
        return blocks.joined(separator: "\n")
    }

    private static func block(_ image: CheckedImage, _ style: TextStyle) -> String {
        let name = image.names.first.map { TextCell(evidence: $0).text }
        var lines = [name.map { style.paint($0, .strong) }, image.digest.description].compactMap(\.self)
        let (title, sentence) = Wording.standing(image.standing)
        lines.append("\(style.paint(title.lowercased(), image.standing.tone))  \(sentence)")
        lines += TraceText.findingLines(image.findings, style).dropFirst()
        return lines.joined(separator: "\n") + "\n"
    }

    /// How often each rule found something, for the end of a long list.
    package static func counts(_ images: [CheckedImage], _ style: TextStyle) -> String {
        var counts: [String: Int] = [:]
        for finding in images.lazy.flatMap(\.findings) { counts[finding.rule, default: 0] += 1 }
        let rules = Rules.all.filter { counts[$0.id] != nil }
        guard !rules.isEmpty else { return "" }
        var table = TextTable(["RULE", "SEVERITY", "FINDINGS"])
        for rule in rules {
            table.add([
                TextCell(rule.id), TextCell(rule.severity.rawValue, rule.severity.tone),
                TextCell("\(counts[rule.id] ?? 0)"),
            ])
        }
        return "\n" + table.lines(style).joined(separator: "\n") + "\n"
    }
}
