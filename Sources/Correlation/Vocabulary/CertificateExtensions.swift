internal import CaseIndex

/// The extensions of Fulcio's certificates, 1.3.6.1.4.1.57264.1.N, as GitHub's and GitLab's tokens fill them
/// (Fulcio, oid-info.md).
struct CertificateExtensions: ClaimVocabulary {
    private static let arc = "1.3.6.1.4.1.57264.1."

    func readings(of claim: ClaimRecord, in document: ClaimDocument) -> [Reading] {
        claim.speaker == .certificate ? Self.readings(claim.key, claim.value) : []
    }

    /// What a certificate says under a key: an object identifier, or a field's name.
    static func readings(_ key: String, _ value: String) -> [Reading] {
        if key == "subjectAlternativeName" { return identity(value) }
        if key == "notBefore" { return TimeReading.signing(value) }
        guard let number = key.afterPrefix(arc).flatMap(Int.init) else { return [] }
        return deprecated(number, value) ?? reading(number, value)
    }

    /// Numbers 2 to 6, which only GitHub's first certificates have.
    private static func deprecated(_ number: Int, _ value: String) -> [Reading]? {
        switch number {
        case 2: [Reading(.trigger, FactValue(value))]
        case 3: [Reading(.commit, FactValue(value))]
        case 4: [Reading(.workflow, FactValue(value, aspect: .name))]
        case 5: [Reading(.project, .project(value))]
        case 6: [Reading(.ref, .ref(value))]
        default: nil
        }
    }

    private static func reading(_ number: Int, _ value: String) -> [Reading] {
        switch number {
        case 9: [Reading(.workflow, .workflow(value, aspect: .builder))]
        case 11: [Reading(.runner, FactValue(value, aspect: .environment))]
        case 12: [Reading(.project, .project(value))]
        case 13: [Reading(.commit, FactValue(value))]
        case 14: [Reading(.ref, .ref(value))]
        case 15: [Reading(.project, FactValue(value, aspect: .identifier))]
        case 18: [Reading(.workflow, .workflow(value))]
        case 19: [Reading(.workflow, FactValue(value, aspect: .configurationCommit))]
        case 20: [Reading(.trigger, FactValue(value))]
        case 21: RunAddress.readings(value)
        default: []
        }
    }

    /// A URI names the configuration that signed, an address the person.
    private static func identity(_ name: String) -> [Reading] {
        if RepositoryLocation(name) != nil { return [Reading(.workflow, .workflow(name, aspect: .builder))] }
        return [Reading(.user, FactValue(name, aspect: .mail))]
    }
}
