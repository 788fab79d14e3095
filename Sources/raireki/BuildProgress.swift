internal import Assembly
internal import Presentation

/// Says what happens while an image is built.
struct BuildProgress {
    private let session: Session

    init(_ session: Session) {
        self.session = session
    }

    /// A line for every step, every line that a program writes, and every warning.
    func report(_ event: BuildEvent) {
        switch event {
        case .step(let stage, let number, let count, let text):
            session.say("[\(shown(stage)) \(number)/\(count)] \(shown(text))")
        case .output(let bytes): session.say("    \(EscapedText(bytes, limit: 2_000))")
        case .warning(let text, let location):
            session.say("warning: \(location.map { "Dockerfile:\($0): " } ?? "")\(shown(text))")
        }
    }

    private func shown(_ text: String) -> String {
        let firstLine = text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
        return EscapedText(String(firstLine), limit: 200).text
    }
}
