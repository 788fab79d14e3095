package import Correlation
internal import Cryptography

/// What is affected, for people.
package enum BlastText {
    /// The page: what is distrusted, every affected image with its chain of reasons, and the order of rebuilding.
    package static func page(_ blast: Blast, _ style: TextStyle) -> String {
        var lines = blast.distrusts.map { "distrusted  " + DistrustText.line($0) }
        guard !blast.images.isEmpty else {
            return (lines + ["", "no image is affected"]).joined(separator: "\n") + "\n"
        }
        let direct = blast.images.count { !$0.directs.isEmpty }
        lines.append("affected    \(direct) directly, \(blast.images.count - direct) through others")
        for image in blast.images {
            lines += ["", heading(image, style)]
            var table = TextTable(indentation: 2)
            for reason in image.directs { table.add(MatchText.cells(reason.match)) }
            lines += table.lines(style)
            if image.isTimeUnknown {
                lines.append("  nobody says when that was: taken for affected")
            }
            lines += chain(image, blast)
        }
        lines += ["", "to be made anew, in this order"]
        var order = TextTable(indentation: 2)
        for (number, digest) in blast.rebuildOrder.enumerated() {
            let names = blast.image(digest)?.names.joined(separator: ", ") ?? ""
            let circle = blast.circular.contains(digest) ? "in a circle with others" : ""
            order.add([
                TextCell("\(number + 1)", .quiet), TextCell("\(digest)"), TextCell(evidence: names),
                TextCell(circle, .doubtful),
            ])
        }
        return (lines + order.lines(style)).joined(separator: "\n") + "\n"
    }

    private static func heading(_ image: AffectedImage, _ style: TextStyle) -> String {
        let names = TextCell(evidence: image.names.joined(separator: ", ")).text
        let absent = image.isPresent ? "" : "  not in the case"
        return style.paint(names.isEmpty ? "\(image.image)" : names, .strong)
            + (names.isEmpty ? absent : "\n\(image.image)\(absent)")
    }

    /// The way back to an image that is affected directly, a step a line.
    private static func chain(_ image: AffectedImage, _ blast: Blast) -> [String] {
        guard image.directs.isEmpty else { return [] }
        let chain = blast.chain(of: image.image)
        return zip(chain, chain.dropFirst()).map { step, next in
            let link = step.links.first
            let name = TextCell(evidence: next.names.first ?? "").text
            let evidence = link.map { $0.evidence.isEmpty ? "" : " (\($0.evidence))" } ?? ""
            return "  \(link?.kind.words ?? "") \(name.isEmpty ? "" : name + " ")\(next.image)\(evidence)"
        }
    }
}

extension BlastLink.Kind {
    /// How the affected image hangs together with the other, for people.
    package var words: String {
        switch self {
        case .derived: "is built on"
        case .derivedExpanded: "is built on (compressed anew)"
        case .statedBase: "says, unsigned, that its base is"
        case .sharesLayer: "has a layer of"
        case .lists: "lists"
        case .listed: "is listed by"
        }
    }
}

/// What is distrusted, for people.
package enum DistrustText {
    /// One line; safe text.
    package static func line(_ distrust: Distrust) -> String {
        let number = distrust.id.map { "#\($0) " } ?? ""
        let value = TextCell(evidence: distrust.criterion.value).text
        let reason = distrust.reason.isEmpty ? "" : ": " + TextCell(evidence: distrust.reason).text
        return "\(number)\(distrust.criterion.kind.rawValue) \(value)\(window(distrust.window))\(reason)"
    }

    private static func window(_ window: TimeWindow) -> String {
        switch (window.first, window.last) {
        case (nil, nil): ""
        case (let first?, nil): " since \(first)"
        case (nil, let last?): " until \(last)"
        case (let first?, let last?): " between \(first) and \(last)"
        }
    }
}
