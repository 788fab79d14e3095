internal import CaseIndex

/// Which page an address means.
enum Routes {
    static func page(_ request: PageRequest, _ sources: PageSources) throws -> Page {
        let steps = request.steps
        switch (steps.count, steps.first ?? "") {
        case (0, _): return try HomePage.page(request, sources)
        case (1, let name): return try list(name, request, sources)
        case (2..., "image"): return try image(steps, request, sources)
        case (2, let name): return try record(name, steps[1], request, sources)
        default: throw BrowseError.noSuchPage
        }
    }

    private static func list(_ name: String, _ request: PageRequest, _ sources: PageSources) throws -> Page {
        switch name {
        case "search": try SearchPage.page(request, sources)
        case "images": try ImagesPage.page(request, sources)
        case "signer": try SignerPage.page(request, sources)
        case "diff": try DiffPage.page(request, sources)
        case "gaps": try GapsPage.page(request, sources)
        case "blast": try BlastPage.page(request, sources)
        case "graph": try GraphPage.page(request, sources)
        case "findings": try FindingsPage.page(request, sources)
        case "custody": try CustodyPage.page(request, sources)
        case "log": try LogPage.page(request, sources)
        case "tags": try TagsPage.page(request, sources)
        default: try PlainListPage.page(name, request, sources)
        }
    }

    private static func record(
        _ name: String,
        _ key: String,
        _ request: PageRequest,
        _ sources: PageSources
    ) throws -> Page {
        switch (name, key) {
        case ("find", "images"): try FindImagesPage.page(request, sources)
        case ("find", "files"): try FindFilesPage.page(request, sources)
        case ("check", "commits"): try CheckCommitsPage.page(request, sources)
        case ("custody", "check"): try CustodyCheckPage.page(request, sources)
        case ("tags", "moved"): try MovedTagsPage.page(request, sources)
        case ("commit", _): try CommitPage.page(key, request, sources)
        case ("pipeline", _): try RunPage.pipeline(key, request, sources)
        case ("job", _): try RunPage.job(key, request, sources)
        default: throw BrowseError.noSuchPage
        }
    }

    private static func image(_ steps: [String], _ request: PageRequest, _ sources: PageSources) throws -> Page {
        let digest = try sources.image(steps[1])
        switch steps.dropFirst(2) {
        case []: return try ImagePage.page(digest, request, sources)
        case ["timeline"]: return try ImageTimelinePage.page(digest, request, sources)
        case ["files"]: return try FilesPage.page(digest, request, sources)
        case ["lineage"]: return try LineagePage.page(digest, request, sources)
        default: throw BrowseError.noSuchPage
        }
    }
}
