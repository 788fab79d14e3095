internal import CaseIndex
internal import Presentation

extension RuleSubject {
    /// What there is to say when everything authentic of the image is of one kind, and the images of its project usually
    /// have both kinds: signatures and attestations.
    ///
    /// - Parameters:
    ///   - what: What the image has and has not, for people.
    ///   - isOfKind: Whether a signature is of the one kind.
    /// - Returns: The sentence, and the signatures that it rests on; nil when there is nothing to say.
    func lacking(
        _ what: String,
        where isOfKind: (TracedSignature) -> Bool
    ) -> (message: String, records: [Citation])? {
        let own = authentic.filter { $0.record.subject == image }
        guard !own.isEmpty, own.allSatisfy(isOfKind) else { return nil }
        let projects = own.flatMap { attested(.project, by: $0.record.id) }.map(\.value.place)
        guard let project = projects.first, let custom = context?.custom(of: project), custom.expectsBoth
        else { return nil }
        return (
            "\(what); \(custom.both) other images of \(EscapedText(project, limit: 200)) have both",
            own.map { .signature($0.record.id) }
        )
    }
}
