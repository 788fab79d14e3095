/// Checks of the signed attributes.
struct HeaderChecks {
    let contentType: NotaryOutcome
    let critical: NotaryOutcome
    let signingScheme: NotaryOutcome
    /// The scheme, when it is known.
    let scheme: NotaryScheme?

    init(_ header: NotaryHeader) {
        contentType = Self.contentType(header)
        critical = Self.critical(header)
        scheme = header.signingScheme.flatMap { NotaryScheme(rawValue: $0) }
        signingScheme = Self.signingScheme(header, scheme)
    }

    private static func contentType(_ header: NotaryHeader) -> NotaryOutcome {
        guard let type = header.contentType else { return .failed(.contentType, "no content type is stated") }
        guard type.utf8.elementsEqual(NotaryEnvelope.payloadType.utf8) else {
            return .failed(.contentType, "the content type is \(type)")
        }
        return .passed(type)
    }

    /// What a verifier must understand: the specification's own attributes, and of others' none.
    private static let understood = [NotaryLabel.signingScheme, NotaryLabel.authenticSigningTime, NotaryLabel.expiry]
    private static let plugins = [NotaryLabel.verificationPlugin, NotaryLabel.verificationPluginMinimumVersion]

    private static func critical(_ header: NotaryHeader) -> NotaryOutcome {
        for label in header.critical where !header.has(label) {
            return .failed(.criticalMissing, "\(label) is critical, and not among the signed attributes")
        }
        if let label = repeated(header.critical) {
            return .failed(.criticalUnknown, "\(label) is marked critical twice")
        }
        let known = understood + plugins
        if let label = header.critical.first(where: { label in !known.contains { $0.utf8.elementsEqual(label.utf8) } })
        {
            return .failed(.criticalUnknown, "the critical attribute \(label) is not understood")
        }
        for label in known where header.has(label) && !header.isCritical(label) {
            return .failed(.criticalMissing, "\(label) is not marked critical")
        }
        guard header.isCritical(NotaryLabel.signingScheme) else {
            return .failed(.criticalMissing, "\(NotaryLabel.signingScheme) is not marked critical")
        }
        if let label = plugins.first(where: { header.has($0) }) {
            return .notPerformed(.plugin, "the signer asks for a plugin to judge \(label)")
        }
        return .passed("\(header.critical.count) understood")
    }

    private static func repeated(_ labels: [String]) -> String? {
        labels.indices.first { position in
            labels[..<position].contains { $0.utf8.elementsEqual(labels[position].utf8) }
        }.map { labels[$0] }
    }

    private static func signingScheme(_ header: NotaryHeader, _ scheme: NotaryScheme?) -> NotaryOutcome {
        guard let scheme else {
            let stated = header.signingScheme.map { "the signing scheme \($0) is not known" }
            return .failed(.signingScheme, stated ?? "no signing scheme is stated")
        }
        guard header.has(scheme.timeLabel) else {
            return .failed(.signingTime, "\(scheme.timeLabel) is not stated")
        }
        for other in NotaryScheme.allCases where other != scheme && header.has(other.timeLabel) {
            return .failed(.signingTime, "\(other.timeLabel) does not belong to the scheme \(scheme.rawValue)")
        }
        return .passed(scheme.rawValue)
    }
}
