internal import Presentation
internal import Report

/// Parts of forms.
enum Form {
    /// A field with its label.
    static func field(_ name: String, _ label: String, _ value: String, isWide: Bool = false, hint: String = "")
        -> HTMLNode
    {
        let placeholder = hint.isEmpty ? [] : [HTMLAttribute("placeholder", hint)]
        return HTMLNode(
            "label",
            isWide ? [.class("wide")] : [],
            [
                .text(label),
                .void(
                    "input",
                    [
                        HTMLAttribute("type", "text"), HTMLAttribute("name", name), HTMLAttribute("maxlength", "1000"),
                        HTMLAttribute("value", EscapedText(value, limit: 1_000).text),
                    ] + placeholder
                ),
            ]
        )
    }

    /// A choice with its label.
    static func choice(_ name: String, _ label: String, _ values: [String], chosen: String?) -> HTMLNode {
        let options = values.map { value in
            HTMLNode(
                "option",
                [HTMLAttribute("value", value)] + (value == chosen ? [HTMLAttribute("selected", "")] : []),
                value
            )
        }
        return HTMLNode("label", [], [.text(label), HTMLNode("select", [HTMLAttribute("name", name)], options)])
    }

    /// A form whose answer is a page of its own.
    static func node(_ address: String, _ fields: [HTMLNode], submit: String) -> HTMLNode {
        HTMLNode(
            "form",
            [.class("ask"), HTMLAttribute("method", "get"), HTMLAttribute("action", address)],
            fields + [HTMLNode("button", [HTMLAttribute("type", "submit")], submit)]
        )
    }
}
