/// A part of a page that its heading names.
package enum Section {
    /// A part with a heading of the second level, to which the contents lead.
    package static func major(_ anchor: String, _ title: String, _ children: [HTMLNode], class name: String = "")
        -> HTMLNode
    {
        HTMLNode(
            "section",
            [
                .class("major \(name)"), HTMLAttribute("id", anchor),
                HTMLAttribute("aria-labelledby", "\(anchor)-title"),
            ],
            [HTMLNode("h2", [HTMLAttribute("id", "\(anchor)-title")], title), .newline] + children + [.newline]
        )
    }

    /// A part with a heading of the third level.
    package static func minor(_ title: String, _ children: [HTMLNode]) -> HTMLNode {
        HTMLNode("section", [], [HTMLNode("h3", [], title)] + children)
    }

    /// Something wide that is moved sideways on a narrow page, by the keyboard too.
    package static func scrolling(_ label: String, _ children: [HTMLNode]) -> HTMLNode {
        HTMLNode(
            "div",
            [
                .class("scroll"), HTMLAttribute("role", "region"), HTMLAttribute("tabindex", "0"),
                HTMLAttribute("aria-label", label),
            ],
            children
        )
    }
}

/// A number with its noun.
package enum Count {
    package static func text(_ number: Int, _ noun: String, plural: String? = nil) -> String {
        number == 1 ? "1 \(noun)" : "\(number == 0 ? "no" : grouped(number)) \(plural ?? noun + "s")"
    }

    /// Digits in groups of three.
    package static func grouped(_ number: Int) -> String {
        let digits = Array(String(number.magnitude))
        var result = ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) { result += "," }
            result.append(digit)
        }
        return number < 0 ? "-" + result : result
    }
}
