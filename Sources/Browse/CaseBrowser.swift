package import CaseIndex
package import Dispatch
internal import Report
internal import StrictJSON
internal import Synchronization

/// The pages over one case.
///
/// Nothing here listens or is asked by anybody: an address goes in, an answer comes out.
package final class CaseBrowser: Sendable {
    private let caseFile: CaseFile
    private let shell: PageShell
    private let gatheredAt: Mutex<Int>
    private let background: DispatchQueue
    private let longList: Int
    private let logChecks: KeptLogCheck

    /// - Parameters:
    ///   - caseFile: The case, opened with ``CaseFile/openForBrowsing(_:)``.
    ///   - path: Where it lies, for people.
    ///   - tool: Name and version of the program.
    ///   - longList: What takes long of as many rows is gathered beside the pages, and not when it is asked for.
    ///   - background: Where that is done, one after another.
    /// - Throws: ``CaseError`` when the case cannot be read.
    package init(
        _ caseFile: CaseFile,
        path: String,
        tool: String,
        longList: Int = 20_000,
        background: DispatchQueue = DispatchQueue(label: "raireki.gathering", qos: .utility)
    ) throws {
        self.caseFile = caseFile
        shell = PageShell(casePath: path, tool: tool)
        let version = try caseFile.dataVersion()
        gatheredAt = Mutex(version)
        self.background = background
        self.longList = longList
        logChecks = KeptLogCheck(longList: longList)
        gatherBesidePages(version)
    }

    /// The answer to one request for a page.
    package func answer(_ target: String) -> PageAnswer {
        do {
            let request = try PageRequest(target: target)
            if let fixed = Self.fixed(request) { return fixed }
            return try answer(request, target)
        } catch let error as BrowseError {
            return refusal(error, isDocument: Self.wantsDocument(target))
        } catch {
            return failure(error, isDocument: Self.wantsDocument(target))
        }
    }

    private func answer(_ request: PageRequest, _ target: String) throws -> PageAnswer {
        try gatherWhenChanged()
        return try caseFile.read { reader in
            let page = try Routes.page(request, sources(reader))
            guard !request.isDocument else {
                return PageAnswer(status: 200, mediaType: PageAnswer.json, body: try page.documentText())
            }
            let twin = Address.make(
                (request.steps.isEmpty ? ["index"] : request.steps).enumerated().map { place, step in
                    place == max(request.steps.count, 1) - 1 ? step + ".json" : step
                },
                request.parameters.map { ($0.name, $0.value) }
            )
            let markup = shell.markup(
                title: page.title,
                lead: page.lead,
                place: page.place,
                twin: twin,
                search: request.steps == ["search"] ? request.value("q") ?? "" : "",
                try page.html()
            )
            return PageAnswer(status: 200, mediaType: PageAnswer.html, body: markup)
        }
    }

    /// Another process may have verified or imported meanwhile.
    private func gatherWhenChanged() throws {
        try gatheredAt.withLock { known in
            let version = try caseFile.dataVersion()
            guard version != known else { return }
            try caseFile.gatherLists()
            logChecks.forget()
            known = version
            gatherBesidePages(version)
        }
    }

    /// Gathers what takes long without having pages wait for it; where that fails, they do without.
    private func gatherBesidePages(_ version: Int) {
        background.async { [weak self] in
            guard let self, gatheredAt.withLock({ $0 == version }) else { return }
            try? logChecks.gather(caseFile)
            try? caseFile.gatherOrders(ofListsFrom: longList)
        }
    }

    private func sources(_ reader: CaseReader) -> PageSources {
        PageSources(reader: reader, caseFile: caseFile, logChecks: logChecks)
    }

    private static func wantsDocument(_ target: String) -> Bool {
        target.split(separator: "?", maxSplits: 1).first?.hasSuffix(".json") ?? false
    }

    private static func fixed(_ request: PageRequest) -> PageAnswer? {
        guard !request.isDocument else { return nil }
        return switch request.steps {
        case ["style.css"]: PageAnswer(status: 200, mediaType: PageAnswer.css, body: BrowseSheet.text)
        case ["icon.svg"], ["favicon.ico"]: PageAnswer(status: 200, mediaType: "image/svg+xml", body: Icon.svg)
        default: nil
        }
    }

    // MARK: - What cannot be shown

    private func refusal(_ error: BrowseError, isDocument: Bool) -> PageAnswer {
        guard !isDocument else {
            return PageAnswer(
                status: error.status,
                mediaType: PageAnswer.json,
                body: Document.make(
                    "browse-error",
                    [("error", JSONValue(error.code)), ("message", JSONValue(error.words))]
                ).pretty + "\n",
                headers: error.headers.filter { $0.name != "refresh" }
            )
        }
        var nodes = [HTMLNode("p", [.class("lead")], [.evidence(error.words)])]
        if case .ambiguous(_, let candidates) = error {
            nodes.append(HTMLNode("ul", [], candidates.map { HTMLNode("li", [], [Link.image($0, isWhole: true)]) }))
        }
        return PageAnswer(
            status: error.status,
            mediaType: PageAnswer.html,
            body: shell.markup(title: "Not shown", lead: "", place: nil, twin: nil, nodes),
            headers: error.headers
        )
    }

    private func failure(_ error: any Error, isDocument: Bool) -> PageAnswer {
        let words = "The case cannot be read here: \(error)"
        guard !isDocument else {
            let document = Document.make(
                "browse-error",
                [("error", JSONValue("case-unreadable")), ("message", JSONValue(words))]
            )
            return PageAnswer(status: 500, mediaType: PageAnswer.json, body: document.pretty + "\n")
        }
        let node = HTMLNode("p", [.class("lead")], [.evidence(words)])
        return PageAnswer(
            status: 500,
            mediaType: PageAnswer.html,
            body: shell.markup(title: "Not shown", lead: "", place: nil, twin: nil, [node])
        )
    }
}

/// The sign in a browser's tab.
enum Icon {
    static let svg = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16"><circle cx="4" cy="4" r="3" fill="#27487a"/>\
        <circle cx="12" cy="12" r="3" fill="#17623e"/><path d="M6 6l4 4" stroke="#27487a" stroke-width="2"/></svg>

        """
}
