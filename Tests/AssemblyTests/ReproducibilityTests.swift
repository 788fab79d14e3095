import Archive
import Cryptography
import Glibc
import OCI
import StrictJSON
import TestSupport
import Testing

@testable import Assembly

/// The same input gives the same bytes.
struct ReproducibilityTests {
    private static let dockerfile = "FROM scratch\nCOPY . /a\nWORKDIR /b\nCOPY <<E /c\nx\nE\n"

    private func files(_ order: [Int]) -> [(String, String)] {
        order.map { ("d\($0 % 7)/f\($0)", String(repeating: "line \($0)\n", count: 500 * $0)) }
    }

    private func built(_ order: [Int], _ change: (inout BuildCase) -> Void = { _ in }) throws -> BuiltImage {
        var made = try BuildCase(Self.dockerfile, files: ["x": "1"])
        for (path, text) in files(order) { try made.folder.write(text, to: "context/\(path)") }
        change(&made)
        return try made.build()
    }

    @Test func doesNotDependOnTheOrderOfTheFolderOrItsTimes() throws {
        let first = try built(Array(0..<40))
        let second = try built(Array((0..<40).reversed())) { made in
            let context = made.folder.path("context")
            for (path, _) in files(Array(0..<40)) {
                chmod("\(context)/\(path)", 0o644)
                chmod("\(context)/\(path.split(separator: "/")[0])", 0o755)
                let times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 5), timespec(tv_sec: 1_000_000_000, tv_nsec: 5)]
                utimensat(AT_FDCWD, "\(context)/\(path)", times, 0)
            }
            chmod("\(context)/x", 0o644)
        }
        #expect(first.digest == second.digest)
        var status = stat()
        #expect(
            stat("\(second.layout)/blobs/sha256/\(second.digest.hex)", &status) == 0 && status.st_mode & 0o777 == 0o644
        )
    }

    @Test func doesNotDependOnTheNumberOfProcessors() throws {
        let images = try [1, 2, 3, 16].map { workers in try built(Array(0..<90)) { $0.request.workers = workers } }
        #expect(Set(images.map(\.digest)).count == 1)
        let expanded = try images[0].result.images[0].layers.map { try images[0].blob($0.digest) }.map(\.count)
        #expect((expanded.first ?? 0) > 10_000)
    }

    @Test func dependsOnTheTimeThatIsGiven() throws {
        let first = try built([1])
        let second = try built([1]) { $0.request.created = Timestamp(seconds: 1_700_000_000) }
        #expect(first.digest != second.digest)
        #expect(try second.configuration()["created"]?.string == "2023-11-14T22:13:20Z")
        var times: Set<Int64> = []
        for layer in second.result.images[0].layers {
            try BuiltImage.read(try second.blob(layer.digest)) { _, member, _ in times.insert(member.1.modified) }
        }
        #expect(times == [1_700_000_000])
    }

    @Test(arguments: [
        OutputCompression.none, .gzip(level: 0), .gzip(level: 1), .gzip(level: 9), .zstd(level: 1), .zstd(level: 19),
    ])
    func expandsToTheSameLayers(_ compression: OutputCompression) throws {
        let plain = try built(Array(0..<30)) { $0.request.compression = .none }
        let other = try built(Array(0..<30)) { $0.request.compression = compression }
        #expect(try plain.configuration()["rootfs"] == other.configuration()["rootfs"])
        for (layer, diffID) in zip(
            other.result.images[0].layers,
            try other.configuration()["rootfs"]?["diff_ids"]?.array ?? []
        ) {
            let bytes = try other.blob(layer.digest)
            let announced = bytes.withUnsafeBytes { Compression(announcedBy: $0) }
            var content = bytes
            if let announced {
                content = []
                let expanded = try ExpandedChunks(BytesChunks(bytes), announced, limit: .max)
                while let chunk = try expanded.next() { content += chunk }
            }
            #expect(Digest(hashing: content).description == diffID.string)
        }
    }

    @Test func writesGzipThatGzipReadsAndFindsWhole() throws {
        let image = try built(Array(0..<90))
        for layer in image.result.images[0].layers {
            let path = "\(image.layout)/blobs/sha256/\(layer.digest.hex)"
            let bytes = try SharedData.bytes(at: path)
            #expect(bytes.prefix(10) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3])
            let outcome = try Tool.run("sh", ["-c", "gzip -t < \(path)"])
            #expect(outcome.status == 0, "\(outcome.text)")
        }
    }
}
