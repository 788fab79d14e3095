import Testing

@testable import Browse

/// Who is let in, and why others are not.
@Suite("The gate") struct GateTests {
    private let gate = Gate(port: 8_000, token: "the-token", session: "the-session")
    private static let host = [("host", "127.0.0.1:8000")]
    private static let known = host + [("cookie", "raireki-session=the-session")]

    private func claim(_ headers: [(String, String)], _ target: String = "/images", method: String = "GET")
        -> Gate.Claim
    {
        Gate.Claim(method: method, target: target, headers: headers.map { (name: $0.0, value: $0.1) })
    }

    @Test func letsTheBrowserInThatShowedTheTokenAndNoOther() throws {
        #expect(throws: Gate.Refusal.noSession) { try gate.admit(claim(Self.host, "/")) }
        #expect(throws: Gate.Refusal.usedToken) { try gate.admit(claim(Self.host, "/?token=another")) }
        let cookie = "raireki-session=the-session; Path=/; HttpOnly; SameSite=Strict"
        #expect(try gate.admit(claim(Self.host, "/?token=the-token")) == .session(cookie: cookie))
        #expect(throws: Gate.Refusal.usedToken) { try gate.admit(claim(Self.host, "/?token=the-token")) }
        #expect(try gate.admit(claim(Self.known)) == .page)
        #expect(try gate.admit(claim(Self.known, "/?token=the-token")) == .session(cookie: cookie))
    }

    @Test func doesNotUseTheTokenUpForAPreview() throws {
        #expect(throws: Gate.Refusal.usedToken) {
            try gate.admit(claim(Self.host, "/?token=the-token", method: "HEAD"))
        }
        #expect(throws: Never.self) { try gate.admit(claim(Self.host, "/?token=the-token")) }
    }

    @Test(arguments: [
        "raireki-session=the-sessio", "raireki-session=", "x-raireki-session=the-session", "raireki-session",
    ])
    func refusesAnotherCookie(_ cookie: String) {
        #expect(throws: Gate.Refusal.noSession) { try gate.admit(claim(Self.host + [("cookie", cookie)])) }
    }

    @Test func findsTheCookieAmongOthers() throws {
        let headers = Self.host + [("cookie", "a=b; raireki-session=the-session; c=d")]
        #expect(try gate.admit(claim(headers)) == .page)
    }

    @Test(arguments: ["evil.example", "localhost:8000", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:8000.evil.example", ""])
    func refusesAnotherHost(_ host: String) {
        let headers = [("host", host), ("cookie", "raireki-session=the-session")]
        #expect(throws: Gate.Refusal.otherHost) { try gate.admit(claim(headers)) }
    }

    @Test func refusesARequestWithoutAHostOrWithTwo() {
        #expect(throws: Gate.Refusal.otherHost) { try gate.admit(claim([("cookie", "raireki-session=the-session")])) }
        #expect(throws: Gate.Refusal.otherHost) { try gate.admit(claim(Self.known + Self.host)) }
    }

    @Test(arguments: ["http://evil.example", "null", "https://127.0.0.1:8000", "http://127.0.0.1:8001"])
    func refusesAnotherOrigin(_ origin: String) {
        #expect(throws: Gate.Refusal.otherOrigin) { try gate.admit(claim(Self.known + [("origin", origin)])) }
    }

    @Test(arguments: ["cross-site", "same-site", "anything"])
    func refusesWhatAnotherSiteAsksFor(_ site: String) {
        #expect(throws: Gate.Refusal.otherSite) { try gate.admit(claim(Self.known + [("sec-fetch-site", site)])) }
    }

    @Test(arguments: ["none", "same-origin"])
    func letsItsOwnPagesAsk(_ site: String) throws {
        let headers = Self.known + [("sec-fetch-site", site), ("origin", "http://127.0.0.1:8000")]
        #expect(try gate.admit(claim(headers)) == .page)
    }

    @Test(arguments: ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "get", ""])
    func refusesEveryOtherMethod(_ method: String) {
        #expect(throws: Gate.Refusal.method) { try gate.admit(claim(Self.known, "/images", method: method)) }
        #expect(Gate.Refusal.method.answer.headers.contains(PageAnswer.Header(name: "allow", value: "GET, HEAD")))
    }

    @Test func refusesBodiesAndLongAddresses() {
        for header in [("content-length", "1"), ("transfer-encoding", "chunked")] {
            #expect(throws: Gate.Refusal.body) { try gate.admit(claim(Self.known + [header])) }
        }
        #expect(throws: Never.self) { try gate.admit(claim(Self.known + [("content-length", "0")])) }
        let long = "/images?q=" + String(repeating: "a", count: Gate.longestTarget)
        #expect(throws: Gate.Refusal.addressTooLong) { try gate.admit(claim(Self.known, long)) }
    }

    @Test func saysInEveryRefusalWhatToDo() {
        for refusal in Gate.Refusal.allCases {
            let answer = refusal.answer
            #expect(answer.status >= 400 && answer.mediaType == PageAnswer.plain)
            #expect(answer.body.hasPrefix(refusal.rawValue + "\n") && answer.body.count > refusal.rawValue.count + 20)
        }
    }

    @Test func allowsNoScriptAndNoFrameAnywhere() throws {
        let policy = try #require(PageAnswer.standing.first { $0.name == "content-security-policy" }?.value)
        for rule in ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"] {
            #expect(policy.contains(rule))
        }
        #expect(!policy.contains("script-src") && !policy.contains("unsafe") && !policy.contains("data:"))
    }
}
