/// Who may see pages: the browser to which the printed address was given, and nobody through another site.
package struct Gate: Sendable {
    /// What a request says of itself, before anything is answered.
    package struct Claim: Sendable {
        package var method: String
        package var target: String
        /// Every value of a header, by its lower-case name.
        package var headers: [(name: String, value: String)]

        package init(method: String, target: String, headers: [(name: String, value: String)]) {
            (self.method, self.target, self.headers) = (method, target, headers)
        }

        func values(_ name: String) -> [String] {
            headers.filter { $0.name == name }.map(\.value)
        }
    }

    /// Why a request is refused.
    package enum Refusal: String, Error, Hashable, Sendable, CaseIterable {
        case method = "method-not-allowed"
        case otherHost = "other-host"
        case otherOrigin = "other-origin"
        case otherSite = "other-site"
        case body = "request-with-body"
        case addressTooLong = "address-too-long"
        case usedToken = "token-used-or-wrong"
        case noSession = "no-session"
    }

    /// What a request that is let in gets.
    package enum Entry: Hashable, Sendable {
        /// The page.
        case page
        /// A session: the browser showed the token.
        case session(cookie: String)
    }

    private let origin: String
    private let host: String
    private let token: String
    private let session: String
    private let isFresh = OnceFlag()

    /// Longer addresses are refused.
    package static let longestTarget = 8_192
    /// The name of the session's cookie.
    package static let cookieName = "raireki-session"
    /// The name of the parameter that holds the token.
    package static let tokenName = "token"

    /// - Parameters:
    ///   - port: The port on which is listened.
    ///   - token: What the printed address shows once.
    ///   - session: What the cookie holds from then on.
    package init(port: Int, token: String, session: String) {
        host = "127.0.0.1:\(port)"
        origin = "http://\(host)"
        self.token = token
        self.session = session
    }

    /// The address to open.
    package var address: String { "\(origin)/?\(Self.tokenName)=\(token)" }

    /// Lets a request in or says why not.
    package func admit(_ claim: Claim) throws(Refusal) -> Entry {
        guard claim.values("host") == [host] else { throw .otherHost }
        guard claim.method == "GET" || claim.method == "HEAD" else { throw .method }
        guard claim.values("transfer-encoding").isEmpty, claim.values("content-length").allSatisfy({ $0 == "0" })
        else { throw .body }
        guard claim.target.utf8.count <= Self.longestTarget else { throw .addressTooLong }
        // A page of another origin that links here or asks from here says so (Fetch Metadata Request Headers).
        guard claim.values("origin").allSatisfy({ $0 == origin }) else { throw .otherOrigin }
        guard claim.values("sec-fetch-site").allSatisfy({ $0 == "none" || $0 == "same-origin" })
        else { throw .otherSite }
        let prefix = "/?\(Self.tokenName)="
        let showsToken = claim.target.hasPrefix(prefix)
        if claim.values("cookie").contains(where: holdsSession) {
            // The printed address may be opened again where it was opened first.
            return showsToken ? .session(cookie: cookie) : .page
        }
        guard showsToken else { throw .noSession }
        let shown = String(claim.target.dropFirst(prefix.count))
        // Asking for the head alone, as previews do, does not use the token up.
        guard Self.isSame(shown, token), claim.method == "GET", isFresh.take() else { throw .usedToken }
        return .session(cookie: cookie)
    }

    private var cookie: String { "\(Self.cookieName)=\(session); Path=/; HttpOnly; SameSite=Strict" }

    private func holdsSession(_ cookies: String) -> Bool {
        cookies.split(separator: ";").contains { pair in
            let trimmed = pair.drop { $0 == " " }
            guard trimmed.hasPrefix(Self.cookieName + "=") else { return false }
            return Self.isSame(String(trimmed.dropFirst(Self.cookieName.count + 1)), session)
        }
    }

    /// Compares in a time that does not tell where the texts differ.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        let (first, second) = (Array(one.utf8), Array(other.utf8))
        guard first.count == second.count else { return false }
        return zip(first, second).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

extension Gate.Refusal {
    /// The status of the answer (RFC 9110, section 15.5).
    package var status: Int {
        switch self {
        case .method: 405
        case .otherHost: 421
        case .otherOrigin, .otherSite: 403
        case .body: 413
        case .addressTooLong: 414
        case .usedToken, .noSession: 401
        }
    }

    /// What is wrong and what to do.
    var words: String {
        switch self {
        case .method: "Pages are only read here: GET and HEAD are answered, nothing else."
        case .otherHost: "This server answers to the address that raireki serve printed, and to no other name."
        case .otherOrigin: "A page of another origin asked for this; only pages of this server may."
        case .otherSite:
            "Another site led here. Open the address that raireki serve printed, or type it into the address bar."
        case .body: "Requests with a body are not read."
        case .addressTooLong: "The address is longer than this server reads."
        case .usedToken:
            """
            This token was used already, or is not the one that was printed. It works once; the browser in which it was \
            opened may go on. To open another browser, end raireki serve and start it anew.
            """
        case .noSession:
            """
            This page needs the address with the token that raireki serve printed when it started. Open that address \
            first; this browser is then known until the server ends.
            """
        }
    }

    /// The answer.
    package var answer: PageAnswer {
        var answer = PageAnswer(status: status, mediaType: PageAnswer.plain, body: "\(rawValue)\n\(words)\n")
        // Whoever is not let in keeps no connection.
        answer.headers.append(PageAnswer.Header(name: "connection", value: "close"))
        if self == .method { answer.headers.append(PageAnswer.Header(name: "allow", value: "GET, HEAD")) }
        return answer
    }
}
