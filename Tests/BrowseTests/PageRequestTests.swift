import Testing

@testable import Browse

/// How addresses are read.
@Suite("The address of a page") struct PageRequestTests {
    @Test func readsStepsParametersAndTheJSONTwin() throws {
        let request = try PageRequest(target: "/image/sha256:ab.json?q=a+b%26c&page=2&empty=")
        #expect(request.steps == ["image", "sha256:ab"] && request.isDocument)
        #expect(request.value("q") == "a b&c" && request.value("page") == "2" && request.value("empty") == nil)
        #expect(try PageRequest(target: "/").steps.isEmpty)
        #expect(try PageRequest(target: "/index.json").steps.isEmpty)
    }

    @Test(arguments: [
        "", "images", "http://evil.example/images", "//images", "/images/", "/a//b", "/..", "/a/../b", "/a/%2e%2e/b",
        "/a/..%2f..%2fetc", "/%ff", "/%", "/%4", "/%zz", "/a?q=%00", "/a?q=%ff", "/./a",
    ])
    func refusesWhatIsNoPathOfOurs(_ target: String) {
        #expect(throws: BrowseError.malformedAddress) { try PageRequest(target: target) }
    }

    @Test func refusesMoreParametersThanItReads() {
        let many = (0...PageRequest.parameterLimit).map { "p\($0)=1" }.joined(separator: "&")
        #expect(throws: BrowseError.malformedAddress) { try PageRequest(target: "/images?" + many) }
    }

    @Test(arguments: ["a b", "ä/&?#=%+\"'<>", "\u{202E}x", "sha256:ab"])
    func writesAddressesThatReadTheSame(_ text: String) throws {
        let address = Address.make(["x"], [("q", text), ("absent", nil)])
        #expect(try PageRequest(target: address).value("q") == text)
        #expect(address.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && ![0x22, 0x27, 0x3C, 0x3E].contains($0) })
    }
}
