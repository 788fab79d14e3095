internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// What there ought to be about images and is not, a page of images at a time.
enum GapsPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(.images, request, sources.reader, shown: [], others: ["image"])
        let images =
            try request.value("image").map { [try sources.image($0)] }
            ?? view.rows.rows.compactMap { view.value($0, "digest") }.compactMap { try? Digest(parsing: $0) }
        // A small case is looked at as a whole: then what stands without an image is told too.
        let isWhole =
            request.value("image") == nil && view.rows.total <= view.list.size
            && view.list.query.filters.isEmpty && view.list.query.text.isEmpty
        let gaps = try Gaps(sources.caseFile, sources.reader, images: isWhole ? nil : images)
        return Page(
            title: "Gaps",
            lead: "What is missing, unsigned or orphaned, and what to collect next.",
            place: .gaps
        ) {
            let page = request.value("image") == nil ? view.pages : .empty
            let note =
                isWhole || request.value("image") != nil
                ? HTMLNode.empty
                : HTMLNode(
                    "p",
                    [.class("note")],
                    "Images \(view.list.query.offset + 1) to \(view.list.query.offset + images.count) of \(Count.grouped(view.rows.total)); what stands without an image is told by raireki gaps."
                )
            return [note, page, GapSection.node(gaps) { Link.address(of: $0) }, page]
        } document: {
            GapJSON.document(gaps)
        }
    }
}
