import Cryptography
import OCI
import StrictJSON
import Testing

@Suite("Image configurations")
struct ImageConfigurationTests {
    private static let digest = Digest(hashing: [])

    private func parse(_ text: String) throws(OCIError) -> ImageConfiguration {
        try ImageConfiguration(parsing: Array(text.utf8))
    }

    @Test("One with everything")
    func complete() throws {
        let configuration = try parse(
            """
            {"created":"2026-01-02T03:04:05Z","author":"a","architecture":"amd64","os":"linux",
             "config":{"Env":["A=b"],"Labels":{"k":"v","l":""}},
             "rootfs":{"type":"layers","diff_ids":["\(Self.digest)"]},
             "history":[{"created":"x","created_by":"RUN","empty_layer":true},{}]}
            """
        )
        #expect(configuration.created == "2026-01-02T03:04:05Z")
        #expect(configuration.labels["k"] == "v")
        #expect(configuration.labels["l"]?.isEmpty == true)
        #expect(try configuration.diffIDs.map { try $0.get() } == [Self.digest])
        #expect(configuration.history.map(\.isEmptyLayer) == [true, false])
        #expect(configuration.history.first?.createdBy == "RUN")
    }

    @Test("Absent members and null say nothing", arguments: ["{}", #"{"config":null,"rootfs":null,"history":null}"#])
    func empty(text: String) throws {
        let configuration = try parse(text)
        #expect(configuration.diffIDs.isEmpty)
        #expect(configuration.labels.pairs.isEmpty)
    }

    @Test("A bad diffID is refused by itself")
    func badDiffID() throws {
        let configuration = try parse(#"{"rootfs":{"diff_ids":["\#(Self.digest)","../x",3]}}"#)
        #expect(try configuration.diffIDs[0].get() == Self.digest)
        #expect(throws: OCIError.malformedDigest(pointer: "/rootfs/diff_ids/1", .malformed("../x"))) {
            try configuration.diffIDs[1].get()
        }
        #expect(throws: OCIError.wrongType(pointer: "/rootfs/diff_ids/2", expected: "string")) {
            try configuration.diffIDs[2].get()
        }
    }

    @Test("Labels that are hidden behind another case are refused")
    func ambiguousLabels() {
        #expect(throws: OCIError.ambiguous(pointer: "/config/labels")) {
            try parse(#"{"config":{"labels":{"a":"b"}}}"#)
        }
        #expect(throws: OCIError.wrongType(pointer: "/config/Labels/a", expected: "string")) {
            try parse(#"{"config":{"Labels":{"a":1}}}"#)
        }
    }
}
