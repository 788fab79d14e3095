internal import CaseIndex
internal import Filesystem
internal import Report

/// Sentences for symbolic links in whose place a later layer has members.
enum ReplacedLinkText {
    /// One sentence for each link, without a full stop, and one for those that are not listed.
    ///
    /// - Throws: ``CaseError``.
    static func lines(_ view: MergedView, _ reader: CaseReader) throws -> [String] {
        var lines = try view.replacedLinks.compactMap { replaced -> String? in
            guard let link = try reader.fileEntry(id: replaced.link),
                let member = try reader.fileEntry(id: replaced.member)
            else { return nil }
            let lower = view.stack.layers[replaced.linkLayer].number
            let upper = view.stack.layers[replaced.layer].number
            return "layer \(upper) has \(FileLine.shown(member.path)) below \(FileLine.shown(link.path)), which layer "
                + "\(lower) has as a symbolic link to \(FileLine.shown(link.link ?? [])): an overlay shows a folder in "
                + "its place, as listed here; tools that unpack layers over each other write to where it leads"
        }
        let more = view.replacedLinkCount - view.replacedLinks.count
        if more > 0 { lines.append("later layers take the place of \(counted(more, "more symbolic link"))") }
        return lines
    }
}
