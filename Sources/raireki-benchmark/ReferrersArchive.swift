import ArgumentParser
internal import Cryptography
internal import Foundation
internal import Signing

/// Writes an archive of a layout in which one manifest has a great many referrers, for measuring how they are imported.
struct ReferrersArchive: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "referrers-archive",
        abstract: "Write a layout in which one manifest has a great many referrers, as a tar archive."
    )

    @Argument(help: "The archive.") var path: String
    @Option(help: "How many referrers.") var count = 100_000

    private static let manifestType = "application/vnd.oci.image.manifest.v1+json"
    private static let empty = Array("{}".utf8)

    func run() throws {
        var members = [TarWriter.Member(path: "oci-layout", bytes: Array(#"{"imageLayoutVersion":"1.0.0"}"#.utf8))]
        func add(_ bytes: [UInt8]) {
            members.append(.init(path: "blobs/sha256/\(Digest(hashing: bytes).hex)", bytes: bytes))
        }
        let emptyDescriptor = Self.descriptor("application/vnd.oci.empty.v1+json", Self.empty)
        let subject = Array(
            #"{"schemaVersion":2,"mediaType":"\#(Self.manifestType)","config":\#(emptyDescriptor),"layers":[]}"#.utf8
        )
        add(Self.empty)
        add(subject)
        let subjectDescriptor = Self.descriptor(Self.manifestType, subject)
        var listed: [String] = []
        for number in 0..<count {
            let manifest = Array(
                """
                {"schemaVersion":2,"mediaType":"\(Self.manifestType)","artifactType":"application/vnd.example.note",\
                "config":\(emptyDescriptor),"layers":[\(emptyDescriptor)],"subject":\(subjectDescriptor),\
                "annotations":{"n":"\(number)"}}
                """.utf8
            )
            add(manifest)
            listed.append(Self.descriptor(Self.manifestType, manifest))
        }
        let index = Array(#"{"schemaVersion":2,"manifests":[\#(listed.joined(separator: ","))]}"#.utf8)
        add(index)
        let indexType = "application/vnd.oci.image.index.v1+json"
        let name = "sha256-\(Digest(hashing: subject).hex)"
        let entries = [
            Self.descriptor(Self.manifestType, subject, name: "v1"), Self.descriptor(indexType, index, name: name),
        ]
        let list = #"{"schemaVersion":2,"manifests":[\#(entries.joined(separator: ","))]}"#
        members.append(.init(path: "index.json", bytes: Array(list.utf8)))
        try Data(TarWriter.archive(members)).write(to: URL(fileURLWithPath: path))
    }

    private static func descriptor(_ type: String, _ bytes: [UInt8], name: String? = nil) -> String {
        let annotations = name.map { #","annotations":{"org.opencontainers.image.ref.name":"\#($0)"}"# } ?? ""
        return #"{"mediaType":"\#(type)","digest":"\#(Digest(hashing: bytes))","size":\#(bytes.count)\#(annotations)}"#
    }
}
