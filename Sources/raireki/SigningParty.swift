internal import Cryptography
internal import OCI
internal import Signing
internal import StrictJSON

/// Who signs in one run, and with whose help.
struct SigningParty {
    private let options: SigningOptions
    private let session: Session
    private let authority: StoredAuthority?
    private let key: SigningKey?
    private let identity: SigningIdentity?
    private var issued: (credential: SigningCredential, at: Timestamp)?

    /// A certificate is used for so long, in seconds, that a signature still falls well into its ten minutes.
    private static let certificateUse: Int64 = 480

    /// Reads keys, passwords and tokens, so that nothing is asked for once a layout is open.
    init(_ options: SigningOptions, _ session: Session) throws {
        self.options = options
        self.session = session
        authority = try options.authorityOptions.open(session)
        if let path = options.key {
            key = try KeyFiles.read(path, passwordFile: options.keyPasswordFile, session)
            identity = nil
        } else {
            key = nil
            identity = try authority.map { try TokenCheck(options, session).identity(for: $0) }
        }
        session.detail("signing as \(identity.map(\.name.text) ?? "the key \(options.key ?? "")")")
    }

    /// Whom signatures will name, for people.
    var name: String {
        guard let identity else { return "the key \(ErrorMessages.shown(options.key ?? ""))" }
        return ErrorMessages.shown(identity.name.text)
    }

    /// Lets somebody sign; when an authority helps, everything that it logged is on its disk when this returns.
    mutating func withSigner(_ work: some SigningWork) throws -> ([LayoutFolder], [ImageSigner.Stored]) {
        if let authority {
            return try authority.withServices { services in
                // Asked for once nobody else can log: times in a log do not go back.
                let now = session.now()
                let chosen = try credential(now, &services)
                issued = chosen
                return try work.run(signer(chosen.credential, now), &services)
            }
        }
        guard let key else { throw SigningCommandError.noSigner }
        var services = NoServices()
        return try work.run(signer(SigningCredential(key: key), session.now()), &services)
    }

    private func signer(_ credential: SigningCredential, _ time: Timestamp) -> ImageSigner {
        ImageSigner(storage: options.storage, plan: options.plan, credential: credential, time: time)
    }

    /// The key's, or one that was issued lately, or a new one.
    private func credential(
        _ now: Timestamp,
        _ services: inout LocalAuthority
    ) throws -> (credential: SigningCredential, at: Timestamp) {
        if let key { return (SigningCredential(key: key), now) }
        if let issued, issued.at.adding(seconds: Self.certificateUse) > now, issued.at <= now { return issued }
        guard let identity else { throw SigningCommandError.noSigner }
        return (try services.issueCredential(for: identity, at: now), now)
    }
}

/// What is done with the images of some layouts, whoever helps the signer.
protocol SigningWork {
    /// The layouts and images.
    var targets: [SigningTarget] { get }

    /// Does it with one image.
    func sign(
        _ image: WrittenDescriptor,
        of target: SigningTarget,
        in layout: inout LayoutFolder,
        _ signer: ImageSigner,
        _ services: inout some SigningServices
    ) throws -> [ImageSigner.Stored]
}

extension SigningWork {
    /// Does it with every image; nothing is on disk before the layouts are committed.
    func run(
        _ signer: ImageSigner,
        _ services: inout some SigningServices
    ) throws -> ([LayoutFolder], [ImageSigner.Stored]) {
        var layouts: [LayoutFolder] = []
        var stored: [ImageSigner.Stored] = []
        for target in targets {
            var layout = target.layout
            for image in target.images { stored += try sign(image, of: target, in: &layout, signer, &services) }
            layouts.append(layout)
        }
        return (layouts, stored)
    }
}

/// Believes a token, or says why not.
struct TokenCheck {
    private let options: SigningOptions
    private let session: Session

    init(_ options: SigningOptions, _ session: Session) {
        self.options = options
        self.session = session
    }

    /// Whom a certificate will name.
    func identity(for authority: StoredAuthority) throws -> SigningIdentity {
        let token = try IdentityToken(parsing: try text())
        let known = authority.description.issuers
        let entry = token.issuer.flatMap { authority.description.issuer($0) }
        if !known.isEmpty, entry == nil {
            throw AuthorityError.unknownIssuer(token.issuer ?? "", known: known.map(\.url))
        }
        let expected = options.oidcIssuer ?? entry?.url
        try token.verify(
            keys: try keys(entry),
            issuer: expected,
            audience: options.audience,
            now: session.now()
        )
        if expected == nil {
            session.say("note: any issuer whose key is in --issuer-jwks is taken; --oidc-issuer names one")
        }
        guard let kind = entry?.kind ?? options.tokenKind ?? TokenKind.detect(token.claims)
        else { throw IdentityTokenError.noIdentity("no kind of token that is known") }
        return try SigningIdentity(token.claims, kind: kind)
    }

    /// The token: what the option holds, or names, or the environment's.
    private func text() throws -> String {
        let stated = options.identityToken ?? session.environment["SIGSTORE_ID_TOKEN"] ?? ""
        guard !stated.isEmpty else { throw SigningCommandError.noToken }
        let isFile = options.identityToken != nil && OutputFile.exists(stated)
        let text = isFile ? String(decoding: try OutputFile.read(stated, limit: 64 << 10), as: UTF8.self) : stated
        let blanks: [Unicode.Scalar] = [" ", "\n", "\r", "\t"]
        var scalars = text.unicodeScalars[...]
        while let first = scalars.first, blanks.contains(first) { scalars = scalars.dropFirst() }
        while let last = scalars.last, blanks.contains(last) { scalars = scalars.dropLast() }
        return String(scalars)
    }

    private func keys(_ entry: AuthorityDescription.Issuer?) throws -> WebKeySet {
        if let kept = entry?.keys {
            if options.issuerJWKS != nil {
                session.say("note: the authority keeps the issuer's keys; --issuer-jwks is not used")
            }
            return try WebKeySet(kept)
        }
        if let path = options.issuerJWKS {
            guard let json = try? JSONValue(parsing: try OutputFile.read(path, limit: 1 << 20))
            else { throw IdentityTokenError.malformedKeys("not JSON") }
            return try WebKeySet(json)
        }
        throw SigningCommandError.noIssuerKeys
    }
}
