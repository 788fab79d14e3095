import Cryptography
import OCI
import StrictJSON
import Testing

@Suite("Manifests and indexes are read strictly")
struct ImageDocumentTests {
    private static let digest = Digest(hashing: Array("{}".utf8))
    private static let descriptor = #"{"mediaType":"a/b","digest":"\#(digest)","size":2}"#

    private func parse(_ text: String) throws(OCIError) -> ImageDocument {
        try ImageDocument(parsing: Array(text.utf8))
    }

    @Test("A manifest with everything")
    func manifest() throws {
        let text = """
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":\(Self.descriptor),
             "layers":[\(Self.descriptor),{"mediaType":"c/d","digest":"\(Self.digest)","size":9223372036854775807,
             "annotations":{"k":"v"},"urls":["https://example.test"],"data":"e30="}],
             "subject":\(Self.descriptor),"annotations":{"b":"2","a":"1"}}
            """
        guard case .manifest(let manifest) = try parse(text) else {
            Issue.record("not a manifest")
            return
        }
        #expect(manifest.mediaType == .imageManifest)
        #expect(try manifest.configuration?.get().size == 2)
        #expect(try manifest.layers.map { try $0.get().size } == [2, .max])
        #expect(try manifest.layers[1].get().annotations["k"] == "v")
        #expect(try manifest.layers[1].get().data == "e30=")
        #expect(try manifest.subject?.get().digest == Self.digest)
        #expect(manifest.annotations.pairs.map(\.key) == ["b", "a"])
        #expect(manifest.artifactType == MediaType("a/b"), "the artifact type falls back to that of the configuration")
    }

    @Test("A stated artifact type goes before that of the configuration")
    func artifactType() throws {
        let text = #"{"schemaVersion":2,"artifactType":"x/y","config":\#(Self.descriptor),"layers":[]}"#
        guard case .manifest(let manifest) = try parse(text) else {
            Issue.record("not a manifest")
            return
        }
        #expect(manifest.artifactType == MediaType("x/y"))
    }

    @Test(
        "An index, also an empty one and Docker's list",
        arguments: [
            (#"{"schemaVersion":2,"manifests":[\#(descriptor)]}"#, 1),
            (#"{"schemaVersion":2,"manifests":[]}"#, 0),
            (#"{"schemaVersion":2,"manifests":null}"#, 0),
            (#"{"mediaType":"application/vnd.docker.distribution.manifest.list.v2+json"}"#, 0),
        ]
    )
    func index(text: String, count: Int) throws {
        guard case .index(let index) = try parse(text) else {
            Issue.record("not an index")
            return
        }
        #expect(index.manifests.count == count)
    }

    @Test(
        "A document with two readings is refused, and where it is ambiguous is said",
        arguments: [
            (#"{"manifests":[],"layers":[]}"#, ""), (#"{"manifests":[],"config":{}}"#, ""),
            (#"{"layers":[],"fsLayers":[]}"#, ""), (#"{"layers":[],"Manifests":[]}"#, "/Manifests"),
            (#"{"layer\u017F":[],"layers":[]}"#, "/layer\u{17F}"),
            (#"{"mediaType":"application/vnd.oci.image.index.v1+json","layers":[]}"#, "/mediaType"),
            (#"{"mediaType":"application/vnd.oci.image.manifest.v1+json","manifests":[]}"#, "/mediaType"),
        ]
    )
    func ambiguous(text: String, pointer: String) {
        #expect(throws: OCIError.ambiguous(pointer: pointer)) { try parse(text) }
    }

    @Test("What is neither, and what is no JSON")
    func neither() {
        #expect(throws: OCIError.wrongType(pointer: "", expected: "manifest or index")) {
            try parse(#"{"schemaVersion":2}"#)
        }
        #expect(throws: OCIError.wrongType(pointer: "", expected: "object")) { try parse("[]") }
        #expect(throws: OCIError.wrongType(pointer: "/layers", expected: "array")) { try parse(#"{"layers":{}}"#) }
        #expect(throws: OCIError.notJSON(.duplicateName("layers", offset: 13))) {
            try parse(#"{"layers":[],"layers":[]}"#)
        }
        #expect(throws: OCIError.notJSON(.byteOrderMark)) { try parse("\u{FEFF}{}") }
    }

    @Test(
        "A bad descriptor is refused by itself",
        arguments: [
            (#"{"digest":"\#(digest)","size":-1}"#, OCIError.sizeOutOfRange(pointer: "/layers/1/size")),
            (#"{"digest":"\#(digest)","size":9223372036854775808}"#, .sizeOutOfRange(pointer: "/layers/1/size")),
            (#"{"digest":"\#(digest)","size":1.0}"#, .sizeOutOfRange(pointer: "/layers/1/size")),
            (#"{"digest":"\#(digest)","size":"2"}"#, .wrongType(pointer: "/layers/1/size", expected: "integer")),
            (#"{"size":2}"#, .wrongType(pointer: "/layers/1/digest", expected: "string")),
            (
                #"{"digest":"sha256:../x","size":2}"#,
                .malformedDigest(pointer: "/layers/1/digest", .malformed("sha256:../x"))
            ),
            (
                #"{"digest":"md5:00","size":2}"#,
                .malformedDigest(pointer: "/layers/1/digest", .unknownAlgorithm("md5:00"))
            ),
            (#"{"digest":"\#(digest)","Digest":"x","size":2}"#, .ambiguous(pointer: "/layers/1/Digest")),
            (#"{"digest":"\#(digest)","\u017Fize":3,"size":2}"#, .ambiguous(pointer: "/layers/1/\u{17F}ize")),
            ("7", .wrongType(pointer: "/layers/1", expected: "object")),
        ] as [(String, OCIError)]
    )
    func badDescriptor(text: String, error: OCIError) throws {
        guard case .manifest(let manifest) = try parse(#"{"layers":[\#(Self.descriptor),\#(text)]}"#) else {
            Issue.record("not a manifest")
            return
        }
        #expect(try manifest.layers[0].get().digest == Self.digest)
        #expect(throws: error) { try manifest.layers[1].get() }
    }

    @Test("A platform")
    func platform() throws {
        let text = """
            {"manifests":[{"digest":"\(Self.digest)","size":2,
             "platform":{"architecture":"arm64","os":"linux","variant":"v8"}}]}
            """
        guard case .index(let index) = try parse(text) else {
            Issue.record("not an index")
            return
        }
        #expect(try index.manifests[0].get().platform?.description == "linux/arm64/v8")
    }
}
