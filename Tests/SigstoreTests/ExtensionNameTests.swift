import Sigstore
import Testing

struct ExtensionNameTests {
    @Test(arguments: [
        ("source-repository-uri", FulcioExtension.sourceRepositoryURI),
        ("Source Repository URI", .sourceRepositoryURI), ("SOURCE_REPOSITORY_URI", .sourceRepositoryURI),
        ("12", .sourceRepositoryURI), (".12", .sourceRepositoryURI), ("1.3.6.1.4.1.57264.1.12", .sourceRepositoryURI),
        ("1", .issuerV1), ("issuer", .issuerV1), ("Issuer (V2)", .issuer), ("issuer-v2", .issuer), ("8", .issuer),
        ("github-workflow-sha", .githubWorkflowSHA), ("24", .tokenSubject),
    ])
    func knowsAnExtensionByNameNumberAndIdentifier(text: String, known: FulcioExtension) {
        #expect(FulcioExtension(named: text) == known)
    }

    /// Seven is a kind of name, no extension.
    @Test(arguments: [
        "7", "0", "25", "012", "source-repository", "source-repository-uri2", "1.3.6.1.4.1.57264.1", "", "-",
    ])
    func knowsNoOther(text: String) {
        #expect(FulcioExtension(named: text) == nil)
    }

    @Test(arguments: FulcioExtension.allCases)
    func readsItsOwnName(known: FulcioExtension) {
        #expect(FulcioExtension(named: known.optionName) == known)
        #expect(FulcioExtension(named: known.name) == known)
    }
}
