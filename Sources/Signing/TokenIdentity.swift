internal import Cryptography
package import StrictJSON

/// What kind of issuer a token is from, as Fulcio's configuration has it.
package enum TokenKind: String, Sendable, CaseIterable {
    /// A job of GitLab CI.
    case gitLab = "gitlab-ci"
    /// A job of GitHub Actions.
    case gitHub = "github-actions"
    /// A person with a verified address.
    case email
    /// A workload whose subject is a URI, such as a SPIFFE id.
    case uri

    /// The kind that a token's claims tell.
    ///
    /// - Parameter claims: The claims.
    /// - Returns: Nil when they tell none.
    package static func detect(_ claims: JSONObject) -> TokenKind? {
        if claims["ci_config_ref_uri"] != nil || (claims["project_path"] != nil && claims["pipeline_id"] != nil) {
            return .gitLab
        }
        if claims["job_workflow_ref"] != nil, claims["repository"] != nil { return .gitHub }
        if claims["email"] != nil { return .email }
        return claims["sub"]?.string?.utf8.contains(UInt8(ascii: ":")) == true ? .uri : nil
    }
}

extension SigningIdentity {
    /// Whom a certificate names for a token that was believed (Fulcio, docs/oidc.md and docs/oid-info.md).
    ///
    /// - Throws: ``IdentityTokenError/noIdentity(_:)`` or ``IdentityTokenError/missingClaim(_:)``.
    package init(_ claims: JSONObject, kind: TokenKind) throws(IdentityTokenError) {
        guard let issuer = claims["iss"]?.string, !issuer.isEmpty else { throw .missingClaim("iss") }
        guard let subject = claims["sub"]?.string, !subject.isEmpty else { throw .missingClaim("sub") }
        let reader = ClaimReader(claims: claims)
        switch kind {
        case .gitLab: try self.init(gitLab: reader, issuer: issuer, subject: subject)
        case .gitHub: try self.init(gitHub: reader, issuer: issuer, subject: subject)
        case .email:
            let address = try reader.text("email")
            guard claims["email_verified"]?.bool == true || claims["email_verified"]?.string == "true"
            else { throw .noIdentity("the address is not verified") }
            guard Self.isAddress(address) else { throw .noIdentity("not an address") }
            self.init(name: .email(address), issuer: issuer, claims: [24: subject])
        case .uri:
            guard Self.isURI(subject) else { throw .noIdentity("the subject is not a URI") }
            self.init(name: .uri(subject), issuer: issuer, claims: [24: subject])
        }
    }

    /// GitLab's column of Fulcio's table.
    private init(gitLab claims: ClaimReader, issuer: String, subject: String) throws(IdentityTokenError) {
        guard claims.has("ci_config_ref_uri") else {
            throw .noIdentity("ci_config_ref_uri is null: the pipeline's configuration is not a file of its project")
        }
        let configuration = "https://" + (try claims.text("ci_config_ref_uri"))
        guard Self.isURI(configuration) else { throw .noIdentity("ci_config_ref_uri is not one") }
        let (commit, server) = (try claims.text("sha"), issuer)
        let project = try claims.text("project_path")
        let ref: String
        switch try claims.text("ref_type") {
        case "branch": ref = "refs/heads/" + (try claims.text("ref"))
        case "tag": ref = "refs/tags/" + (try claims.text("ref"))
        default: throw .noIdentity("ref_type is neither branch nor tag")
        }
        self.init(
            name: .uri(configuration),
            issuer: issuer,
            claims: [
                9: configuration, 10: try claims.text("ci_config_sha"), 11: try claims.text("runner_environment"),
                12: "\(server)/\(project)", 13: commit, 14: ref, 15: try claims.text("project_id"),
                16: "\(server)/" + (try claims.text("namespace_path")), 17: try claims.text("namespace_id"),
                18: configuration, 19: try claims.text("ci_config_sha"), 20: try claims.text("pipeline_source"),
                21: "\(server)/\(project)/-/jobs/" + (try claims.text("job_id")),
                22: try claims.text("project_visibility"), 23: claims.optional("environment"), 24: subject,
            ]
        )
    }

    /// GitHub's column of Fulcio's table.
    private init(gitHub claims: ClaimReader, issuer: String, subject: String) throws(IdentityTokenError) {
        let server = "https://github.com/"
        let workflow = server + (try claims.text("job_workflow_ref"))
        guard Self.isURI(workflow) else { throw .noIdentity("job_workflow_ref is not part of an address") }
        let repository = server + (try claims.text("repository"))
        let run = "\(repository)/actions/runs/" + (try claims.text("run_id"))
        self.init(
            name: .uri(workflow),
            issuer: issuer,
            claims: [
                2: try claims.text("event_name"), 3: try claims.text("sha"), 4: try claims.text("workflow"),
                5: try claims.text("repository"), 6: try claims.text("ref"), 9: workflow,
                10: try claims.text("job_workflow_sha"), 11: try claims.text("runner_environment"), 12: repository,
                13: try claims.text("sha"), 14: try claims.text("ref"), 15: try claims.text("repository_id"),
                16: server + (try claims.text("repository_owner")), 17: try claims.text("repository_owner_id"),
                18: server + (try claims.text("workflow_ref")), 19: try claims.text("workflow_sha"),
                20: try claims.text("event_name"), 21: "\(run)/attempts/" + (try claims.text("run_attempt")),
                22: try claims.text("repository_visibility"), 23: claims.optional("environment"), 24: subject,
            ]
        )
    }

    /// RFC 5280 §4.2.1.6: names of these forms are IA5String, and a space or control never belongs into one.
    private static func isURI(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let colon = bytes.firstIndex(of: UInt8(ascii: ":")), colon > 0, colon + 1 < bytes.count else {
            return false
        }
        return bytes.allSatisfy { (0x21..<0x7F).contains($0) }
    }

    private static func isAddress(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "@"), omittingEmptySubsequences: false)
        return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
            && text.utf8.allSatisfy { (0x21..<0x7F).contains($0) }
    }
}

/// Reads claims as texts: GitLab writes ids as strings, others as numbers.
private struct ClaimReader {
    let claims: JSONObject

    func has(_ name: String) -> Bool {
        claims[name].map { !$0.isNull } ?? false
    }

    func text(_ name: String) throws(IdentityTokenError) -> String {
        let text = optional(name)
        guard !text.isEmpty else { throw .missingClaim(name) }
        return text
    }

    func optional(_ name: String) -> String {
        claims[name]?.string ?? claims[name]?.int64.map { String($0) } ?? ""
    }
}
