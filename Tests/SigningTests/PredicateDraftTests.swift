import Cryptography
import Signing
import StrictJSON
import Testing

/// Predicates have the types, and the forms, that cosign gives them.
struct PredicateDraftTests {
    private static let time = Timestamp(seconds: 1_772_442_000)

    @Test(arguments: [
        ("slsaprovenance", "https://slsa.dev/provenance/v0.2"), ("slsaprovenance1", "https://slsa.dev/provenance/v1"),
        ("spdx", "https://spdx.dev/Document"), ("cyclonedx", "https://cyclonedx.org/bom"),
        ("vuln", "https://cosign.sigstore.dev/attestation/vuln/v1"), ("openvex", "https://openvex.dev/ns"),
        ("custom", "https://cosign.sigstore.dev/attestation/v1"), ("https://a.example/b", "https://a.example/b"),
    ])
    func knowsTypesByTheirNames(name: String, uri: String) {
        #expect(PredicateKind(name: name)?.uri == uri)
    }

    @Test(arguments: ["", "slsa", "SPDX", "a b:c"])
    func knowsNoOthers(name: String) {
        #expect(PredicateKind(name: name) == nil)
    }

    @Test func keepsTheDocumentAsItIs() throws {
        let text = #"{"bomFormat":"CycloneDX","n":1.50}"#
        let predicate = try PredicateKind.cycloneDX.predicate(Array(text.utf8), at: Self.time)
        #expect(predicate.compact == text)
    }

    @Test func wrapsTexts() throws {
        let custom = try PredicateKind.custom.predicate(Array("a\"b".utf8), at: Self.time)
        #expect(custom["Data"]?.string == "a\"b")
        #expect(custom["Timestamp"]?.string == Self.time.description)
        #expect(try PredicateKind.spdx.predicate(Array("SPDXVersion: 2.3".utf8), at: Self.time).string != nil)
        #expect(throws: PredicateFileError.notText) { try PredicateKind.custom.predicate([0xFF], at: Self.time) }
    }

    @Test(arguments: [
        (PredicateKind.slsaProvenance1, "buildDefinition"), (.spdxJSON, "spdxVersion"), (.cycloneDX, "bomFormat"),
        (.openVEX, "@context"), (.vulnerabilities, "scanner"), (.slsaProvenance02, "builder"), (.link, "name"),
    ])
    func asksForWhatMakesADocumentOneOfItsKind(kind: PredicateKind, name: String) {
        #expect(throws: PredicateFileError.missing(name)) { try kind.predicate(Array("{}".utf8), at: Self.time) }
        #expect(throws: PredicateFileError.notAnObject) { try kind.predicate(Array("[]".utf8), at: Self.time) }
        #expect(throws: PredicateFileError.self) { try kind.predicate(Array("{".utf8), at: Self.time) }
    }
}
