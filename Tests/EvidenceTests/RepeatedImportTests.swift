import CaseIndex
import Cryptography
import Evidence
import StrictJSON
import Synchronization
import TestSupport
import Testing

@Suite("The same evidence gives the same case")
struct RepeatedImportTests {
    private func layout() -> LayoutWriter {
        var layout = LayoutWriter()
        for number in 0..<5 {
            let image = layout.image(layer: "layer \(number)", labels: ["number": "x"])
            layout.list(image, annotations: ["org.opencontainers.image.ref.name": "v1"])
            layout.list(layout.signatures(of: image, subject: image))
            _ = layout.signatures(of: image, signer: "forgotten")
        }
        return layout
    }

    @Test("Importing twice changes nothing")
    func twice() throws {
        let imported = try ImportedCase()
        let first = try imported.add(layout())
        let before = try imported.everything()
        let outcome = try Importer(caseFile: imported.file).run(
            path: imported.directory.path("layout"),
            at: Timestamp(seconds: 1_800_000_000)
        )
        let second = outcome.summaries[0]
        #expect(!first.alreadyKnown)
        #expect(second.alreadyKnown)
        #expect(second.source == first.source)
        #expect(second.artifacts == 0)
        #expect(try imported.everything() == before)
    }

    @Test("Evidence that is known already keeps its warnings")
    func knownWarnings() throws {
        let imported = try ImportedCase()
        let first = try imported.add(layout())
        let second = try imported.add(imported.directory.path("layout"))
        #expect(second.alreadyKnown)
        #expect(!first.warnings.isEmpty)
        #expect(second.warnings == first.warnings)
    }

    @Test("A second source adds its own rows and no signature twice")
    func secondSource() throws {
        let imported = try ImportedCase()
        let first = try imported.add(layout())
        let second = try imported.add(archive: layout().archive().finished)
        #expect(!second.alreadyKnown)
        #expect(try imported.signatures().count == first.signatures)
        let sightings = try imported.file.read { reader in
            try reader.signatures().map { try reader.sightings(of: $0.id).map(\.sourceID) }
        }
        #expect(sightings.allSatisfy { Set($0) == [first.source.id, second.source.id] })
    }

    @Test("The number of workers and where documents are kept change nothing")
    func workers() throws {
        var cases: [[String]] = []
        for (workers, retained) in [(1, Int64(256 << 20)), (4, 256 << 20), (2, 0)] {
            var limits = ImportLimits.standard
            limits.workers = workers
            limits.retainedBytes = retained
            let imported = try ImportedCase()
            try imported.add(layout(), limits: limits)
            let own = imported.directory.path
            cases.append(try imported.everything().map { $0.replacing(own, with: "") })
        }
        #expect(cases[0] == cases[1])
        #expect(cases[0] == cases[2])
        #expect(cases[0].count > 50)
    }

    @Test("A change anywhere makes it other evidence")
    func changed() throws {
        let imported = try ImportedCase()
        let first = try imported.add(layout())
        try imported.directory.write("x", to: "layout/unknown")
        let second = try imported.add(imported.directory.path("layout"))
        #expect(!second.alreadyKnown)
        #expect(first.source.digest != second.source.digest)
    }

    @Test("Progress ends with everything read")
    func progress() throws {
        let imported = try ImportedCase()
        let path = try layout().write(to: imported.directory)
        let last = Mutex<ImportProgress?>(nil)
        _ = try Importer(caseFile: imported.file).run(path: path, at: ImportedCase.time) { progress in
            last.withLock { $0 = progress }
        }
        let reported = try #require(last.withLock { $0 })
        #expect(reported.bytesRead == reported.totalBytes)
        #expect(reported.totalBytes > 0)
    }
}
