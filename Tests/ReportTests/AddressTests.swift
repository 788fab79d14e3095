import Testing

@testable import Report

@Suite struct AddressTests {
    @Test(arguments: [
        ("https://git.example/app", "git.example/app"),
        ("git.example/app", "git.example/app"),
        ("git.example:8443/app", "git.example:8443/app"),
        ("https://git.example:8443/app", "git.example:8443/app"),
        ("seen at https://git.example/app", "seen at git.example/app"),
        ("https://git.example/?next=https://other.example", "git.example/?next=other.example"),
        ("http://git.example/app", "http://git.example/app"),
        ("", ""),
    ])
    func isShownWithoutItsScheme(address: String, shown: String) {
        #expect(address.withoutScheme == shown)
    }

    @Test func showsABuildConfigurationByItsFileAndPlace() {
        let (file, place) = ChainCard.fileAndPlace("https://git.example/app//.gitlab-ci.yml@refs/heads/refs-heads/main")
        #expect(file == ".gitlab-ci.yml@refs-heads/main")
        #expect(place == "git.example/app")
        #expect(ChainCard.fileAndPlace("https://git.example/app//ci.yml@refs/tags/v1").value == "ci.yml@v1")
        #expect(ChainCard.fileAndPlace("mika@example.com").value == "mika@example.com")
    }
}
