package import Cryptography
package import StrictJSON

/// What an authority on disk says of itself, in the open.
package struct AuthorityDescription: Sendable {
    /// The organisation that its certificates name.
    package var organization: String
    /// Under which its hosts are named; nothing is fetched.
    package var domain: String
    /// When it began.
    package var start: Timestamp
    /// The number of its first log's tree.
    package var treeID: UInt64
    /// Whose tokens it takes; empty when every issuer is taken whose keys the signer brings.
    package var issuers: [Issuer]

    /// An issuer of identity tokens.
    package struct Issuer: Hashable, Sendable {
        /// The `iss` of its tokens, to the letter.
        package var url: String
        /// What its tokens say.
        package var kind: TokenKind
        /// Its keys (RFC 7517); nil when the signer brings them.
        package var keys: JSONValue?

        /// An issuer.
        package init(url: String, kind: TokenKind, keys: JSONValue?) {
            self.url = url
            self.kind = kind
            self.keys = keys
        }
    }

    private static let schema = "urn:raireki:authority:1"

    /// A description.
    package init(
        organization: String,
        domain: String,
        start: Timestamp,
        treeID: UInt64,
        issuers: [Issuer] = []
    ) {
        self.organization = organization
        self.domain = domain
        self.start = start
        self.treeID = treeID
        self.issuers = issuers
    }

    init(reading folder: Folder) throws {
        let bytes = try StoredAuthority.file("authority.json", in: folder)
        let damaged = AuthorityError.damaged(path: folder.path, reason: "authority.json is not of this program")
        guard let json = try? JSONValue(parsing: bytes), json["schema"]?.string == Self.schema,
            let organization = json["organization"]?.string, let domain = json["domain"]?.string,
            let start = json["start"]?.string.flatMap({ Timestamp(rfc3339: $0) }),
            let treeID = json["treeID"]?.string.flatMap({ UInt64($0) }), let issuers = json["issuers"]?.array
        else { throw damaged }
        self.init(organization: organization, domain: domain, start: start, treeID: treeID)
        for issuer in issuers {
            guard let url = issuer["issuer"]?.string,
                let kind = issuer["kind"]?.string.flatMap({ TokenKind(rawValue: $0) })
            else { throw damaged }
            self.issuers.append(Issuer(url: url, kind: kind, keys: issuer["keys"]))
        }
    }

    /// The document.
    package var json: JSONValue {
        let list = issuers.map { issuer in
            var object = JSONObject([
                ("issuer", JSONValue(issuer.url)), ("kind", JSONValue(issuer.kind.rawValue)),
            ])
            object["keys"] = issuer.keys
            return JSONValue.object(object)
        }
        return [
            "schema": JSONValue(Self.schema), "organization": JSONValue(organization), "domain": JSONValue(domain),
            "start": JSONValue(start.description), "treeID": JSONValue(String(treeID)), "issuers": .array(list),
        ]
    }

    var bytes: [UInt8] { Array((json.pretty + "\n").utf8) }

    /// The issuer of a token by its `iss`.
    package func issuer(_ url: String) -> Issuer? {
        issuers.first { $0.url.hasSameBytes(as: url) }
    }
}
