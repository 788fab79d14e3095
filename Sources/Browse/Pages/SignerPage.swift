internal import CaseIndex
internal import Report

/// One signer with its images.
enum SignerPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        guard let identity = request.value("identity") else {
            throw BrowseError.badParameter(name: "identity", reason: "the identity of a signer")
        }
        let issuer = request.value("issuer")
        let fixed = [ListQuery.Filter("identity", identity)] + (issuer.map { [ListQuery.Filter("issuer", $0)] } ?? [])
        let view = try ListView(
            .images,
            request,
            sources.reader,
            shown: ["name", "signedAt", "signatures", "trusted", "findings"],
            fixed: fixed,
            others: ["identity", "issuer"]
        )
        return Page(
            title: identity,
            lead: "Images whose verdict names this signer first; all images that it touched are found with the links.",
            place: .signers
        ) {
            var facts = HTMLFacts()
            facts.add("Identity", evidence: identity)
            facts.add("Issuer", evidence: issuer)
            let links = [
                (
                    Address.make(["find", "images"], [("kind", "identity"), ("value", identity)]),
                    "Every image it signed"
                ),
                (Address.make(["blast"], [("kind", "identity"), ("value", identity)]), "If it is compromised"),
                (Address.make(["graph"], [("kind", "identity"), ("value", identity)]), "Graph"),
                (Address.make(["timeline"], [("what", identity)]), "When it signed"),
            ]
            return [
                facts.node,
                HTMLNode("ul", [.class("choices")], links.map { HTMLNode("li", [], [Link.node($0.0, $0.1)]) }),
            ] + (try ImagesPage.nodes(view, sources))
        } document: {
            view.document()
        }
    }
}
