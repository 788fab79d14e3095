/// What is sent back.
package struct PageAnswer: Sendable, Equatable {
    /// The status (RFC 9110, section 15).
    package let status: Int
    /// The media type of the body.
    package let mediaType: String
    /// The body.
    package let body: String
    /// Headers beside those that every answer has.
    package var headers: [Header] = []

    /// A header.
    package struct Header: Hashable, Sendable {
        package let name: String
        package let value: String
    }

    /// Lets the browser that showed the token in: it gets the cookie and is led to the page without the token.
    package static func session(cookie: String) -> PageAnswer {
        PageAnswer(
            status: 303,
            mediaType: plain,
            body: "",
            headers: [Header(name: "set-cookie", value: cookie), Header(name: "location", value: "/")]
        )
    }

    /// The server is about to end.
    package static let ending = PageAnswer(status: 503, mediaType: plain, body: "ending\n")

    package static let html = "text/html; charset=utf-8"
    package static let json = "application/json; charset=utf-8"
    package static let css = "text/css; charset=utf-8"
    package static let plain = "text/plain; charset=utf-8"

    /// The headers of every answer: nothing is run, framed, kept or told elsewhere (Content Security Policy Level 3;
    /// Fetch, "Cross-Origin-Resource-Policy").
    package static let standing = [
        Header(
            name: "content-security-policy",
            value: """
                default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; \
                base-uri 'none'
                """
        ),
        Header(name: "x-content-type-options", value: "nosniff"),
        Header(name: "x-frame-options", value: "DENY"),
        Header(name: "referrer-policy", value: "no-referrer"),
        Header(name: "cache-control", value: "no-store"),
        Header(name: "cross-origin-opener-policy", value: "same-origin"),
        Header(name: "cross-origin-resource-policy", value: "same-origin"),
        Header(name: "cross-origin-embedder-policy", value: "require-corp"),
        Header(name: "permissions-policy", value: "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ]
}
