/// A number with its noun: `1 image`, `2 images`.
func counted(_ number: Int, _ noun: String) -> String {
    "\(number) \(noun)\(number == 1 ? "" : "s")"
}

/// A number with a noun whose plural is another word: `1 entry`, `2 entries`.
func counted(_ number: Int, _ noun: String, _ plural: String) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(plural)"
}
