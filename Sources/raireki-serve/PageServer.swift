internal import Browse
internal import HTTPTypes
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
internal import Synchronization

/// Listens on 127.0.0.1, asks the gate, and sends what the browser of cases answers.
final class PageServer: Sendable {
    private let browser: CaseBrowser
    private let port: Int
    private let gate = Mutex<Gate?>(nil)
    private let secrets: (token: String, session: String)

    /// More connections than this at once wait.
    private static let connectionLimit = 32
    /// Larger heads of requests are refused, in bytes.
    private static let headLimit = 16 << 10

    init(_ browser: CaseBrowser, port: Int) {
        self.browser = browser
        self.port = port
        secrets = (Self.secret(), Self.secret())
    }

    /// 256 bits from the system.
    private static func secret() -> String {
        var generator = SystemRandomNumberGenerator()
        return (0..<32).map { _ in
            let digits = String(UInt8.random(in: 0...255, using: &generator), radix: 16)
            return digits.utf8.count == 1 ? "0" + digits : digits
        }.joined()
    }

    /// Serves until the process is asked to end.
    ///
    /// - Throws: `IOError` when the port cannot be had.
    func run() async throws {
        var logger = Logger(label: "raireki") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
            maxHeaderFieldSize: Self.headLimit,
            maxHeaderListSize: Self.headLimit,
            maxHeaderFieldCount: 64
        )
        let responder = CallbackResponder<BasicRequestContext> { [self] request, _ in await respond(request) }
        let application = Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: .seconds(30), httpDecoderConfiguration: decoder)),
            configuration: ApplicationConfiguration(
                address: .hostname("127.0.0.1", port: port),
                serverName: nil,
                backlog: 64,
                reuseAddress: true,
                availableConnectionsDelegate: MaximumAvailableConnections(Self.connectionLimit)
            ),
            onServerRunning: { [self] channel in listening(channel.localAddress?.port ?? port) },
            logger: logger
        )
        try await application.runService()
    }

    private func listening(_ port: Int) {
        let gate = Gate(port: port, token: secrets.token, session: secrets.session)
        self.gate.withLock { $0 = gate }
        ServeMain.talk("open this address; it works once:\n  \(gate.address)\nCtrl-C ends it")
    }

    // MARK: - Answers

    private func respond(_ request: Request) async -> Response {
        guard let gate = gate.withLock({ $0 }) else { return Response(status: .serviceUnavailable) }
        var headers = request.headers.map { (name: $0.name.canonicalName, value: $0.value) }
        if let authority = request.head.authority { headers.append((name: "host", value: authority)) }
        let target = request.head.path ?? "/"
        let claim = Gate.Claim(method: request.method.rawValue, target: target, headers: headers)
        do throws(Gate.Refusal) {
            switch try gate.admit(claim) {
            case .session(let cookie): return Self.response(.session(cookie: cookie))
            case .page: return Self.response(await page(target))
            }
        } catch {
            return Self.response(error.answer)
        }
    }

    /// Pages read the case, which blocks: they are made away from the threads that serve connections.
    private func page(_ target: String) async -> PageAnswer {
        do {
            return try await NIOThreadPool.singleton.runIfActive { [browser] in browser.answer(target) }
        } catch {
            return PageAnswer.ending
        }
    }

    private static func response(_ answer: PageAnswer) -> Response {
        var fields = HTTPFields()
        for header in PageAnswer.standing + answer.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            fields.append(HTTPField(name: name, value: header.value))
        }
        fields[.contentType] = answer.mediaType
        return Response(
            status: HTTPResponse.Status(code: answer.status),
            headers: fields,
            body: ResponseBody(byteBuffer: ByteBuffer(string: answer.body))
        )
    }
}
