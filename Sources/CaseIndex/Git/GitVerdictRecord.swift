package import Cryptography
internal import GRDB

/// What verification concluded about the signature of one commit or tag.
package struct GitVerdictRecord: Hashable, Sendable {
    /// The object, in hexadecimal digits.
    package var name: String
    /// `commit` or `tag`.
    package var kind: String
    /// The form of the signature.
    package var form: String
    /// Passed when every check did; otherwise the worst of them.
    package var outcome: CheckOutcomeWord
    /// The reason of the first check that did not pass.
    package var reason: String?
    /// Whether the signer is who was expected; nil when nobody was.
    package var isTrusted: Bool?
    /// Who signed, as the verified certificate or the list of allowed signers says.
    package var identity: String?
    /// Who vouches for that identity.
    package var identityIssuer: String?
    /// The earliest verified time of the signature.
    package var signedAt: Timestamp?
    /// What it was judged with.
    package var trustedRoot: String

    package init(
        name: String,
        kind: String,
        form: String,
        outcome: CheckOutcomeWord,
        reason: String?,
        isTrusted: Bool?,
        identity: String?,
        identityIssuer: String?,
        signedAt: Timestamp?,
        trustedRoot: String
    ) {
        self.name = name
        self.kind = kind
        self.form = form
        self.outcome = outcome
        self.reason = reason
        self.isTrusted = isTrusted
        self.identity = identity
        self.identityIssuer = identityIssuer
        self.signedAt = signedAt
        self.trustedRoot = trustedRoot
    }
}

extension GitVerdictRecord: StoredRecord {
    static let table = "gitVerdict"
    static let columns = [
        "name", "kind", "form", "outcome", "reason", "isTrusted", "identity", "identityIssuer", "signedAt",
        "trustedRoot",
    ]
    var values: [(any DatabaseValueConvertible)?] {
        [
            name, kind, form, outcome.rawValue, reason, isTrusted, identity.map { EvidenceText($0) },
            identityIssuer.map { EvidenceText($0) }, signedAt?.description, trustedRoot,
        ]
    }
    init(row: Row) throws {
        self.init(
            name: try row.value("name"),
            kind: try row.value("kind"),
            form: try row.value("form"),
            outcome: try row.word("outcome"),
            reason: try row.optionalValue("reason"),
            isTrusted: try row.optionalValue("isTrusted"),
            identity: try row.optionalText("identity"),
            identityIssuer: try row.optionalText("identityIssuer"),
            signedAt: try row.optionalTime("signedAt"),
            trustedRoot: try row.value("trustedRoot")
        )
    }
}

/// One check of one such verdict.
package struct GitCheckRecord: Hashable, Sendable {
    /// The object.
    package var name: String
    /// Its place in the order of checking.
    package var position: Int
    /// What was checked, for example `message-digest`.
    package var checkName: String
    /// What it came to.
    package var outcome: CheckOutcomeWord
    /// A stable word for why it failed or was not performed.
    package var reason: String?
    /// One sentence, escaped for people.
    package var detail: String

    package init(
        name: String,
        position: Int,
        checkName: String,
        outcome: CheckOutcomeWord,
        reason: String?,
        detail: String
    ) {
        self.name = name
        self.position = position
        self.checkName = checkName
        self.outcome = outcome
        self.reason = reason
        self.detail = detail
    }
}

extension GitCheckRecord: StoredRecord {
    static let table = "gitCheck"
    static let columns = ["name", "position", "checkName", "outcome", "reason", "detail"]
    var values: [(any DatabaseValueConvertible)?] {
        [name, position, checkName, outcome.rawValue, reason, detail]
    }
    init(row: Row) throws {
        self.init(
            name: try row.value("name"),
            position: try row.value("position"),
            checkName: try row.value("checkName"),
            outcome: try row.word("outcome"),
            reason: try row.optionalValue("reason"),
            detail: try row.value("detail")
        )
    }
}
