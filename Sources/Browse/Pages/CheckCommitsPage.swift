internal import CaseIndex
internal import Correlation
internal import Cryptography
internal import Report
internal import StrictJSON

/// Whether commits were on a protected branch when images were built from them, a page of images at a time.
enum CheckCommitsPage {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let view = try ListView(.images, request, sources.reader, shown: [], others: ["image", "protected"])
        let images =
            try request.value("image").map { [try sources.image($0)] }
            ?? view.rows.rows.compactMap { view.value($0, "digest") }.compactMap { try? Digest(parsing: $0) }
        let protected = request.parameters.filter { $0.name == "protected" && !$0.value.isEmpty }.map(\.value)
        let checks = try CommitCheck.checks(of: images, in: sources.reader, protected: protected)
        let hasRepositories = try !sources.reader.repositories().isEmpty
        return Page(
            title: "Was the commit on a protected branch?",
            lead: "By the repositories of the case, against the attested time of the signature.",
            place: .commits
        ) {
            let form = Form.node(
                "/check/commits",
                [
                    Form.field(
                        "image",
                        "Image",
                        request.value("image") ?? "",
                        isWide: true,
                        hint: "all, a page at a time"
                    ),
                    Form.field("protected", "Protected branch", protected.first ?? "", hint: "as CI records say"),
                ],
                submit: "Check"
            )
            let hint =
                hasRepositories
                ? HTMLNode.empty
                : HTMLNode(
                    "p",
                    [.class("notice")],
                    "No repository is in the case: raireki import REPOSITORY brings one."
                )
            return [form, hint, table(checks), HTMLNode("p", [.class("note")], words(images, checks))]
                + (request.value("image") == nil ? [view.pages] : [])
        } document: {
            CommitCheckJSON.document(checks)
        }
    }

    private static func words(_ images: [Digest], _ checks: [CommitCheck]) -> String {
        let silent = Set(images).subtracting(checks.map(\.image)).count
        return "\(Count.text(silent, "image")) of these \(Count.grouped(images.count)) names no commit."
    }

    private static func table(_ checks: [CommitCheck]) -> HTMLNode {
        var table = HTMLTable(
            ["Answer", "Image", "Commit", "Built at", "Branches"],
            columns: ["word", "wide", "name", "time", "wide"],
            caption: "Commits that images name"
        )
        for check in checks {
            let isGood = check.answer == .onBranch
            let branches = check.branches.map { branch in
                HTMLNode(
                    "div",
                    [.class("source")],
                    [.evidence("\(branch.branch) of \(branch.repository): \(branch.answer.rawValue)")]
                )
            }
            table.add([
                Badge.node(check.answer.rawValue, isGood ? .good : check.answer == .unknown ? .doubtful : .bad),
                Link.node(Link.address(of: check.image), [.evidence(check.names.first ?? check.image.short)]),
                Link.isCommit(check.commit.name) ? Link.commit(check.commit.name) : .evidence(check.commit.name),
                .text(check.builtAt.map { "\($0)" } ?? "nobody knows"), .sequence(branches),
            ])
        }
        return table.node
    }
}
