internal import CaseIndex
internal import Cryptography

/// A case with everything that forms of text and numbers trip over.
package enum HostileCase {
    /// Text that has to come through.
    package static let texts = [
        "a\u{0}b", "\u{0}", "\\x41", "\\x", "\\", "\\.", "\\N", "NULL", "", "tab\tline\nreturn\r",
        "\"quoted\", 'single'",
        "e\u{301}", "é", "\u{2028}\u{2029}\u{202E}\u{FEFF}", "\u{1}\u{1B}[31m\u{7F}", "👩‍👩‍👧", "{\"a\":1}", "$$;--",
        "\u{FFFF}\u{10FFFF}", String(repeating: "x", count: 200_000), String(repeating: "\u{0}", count: 5_000),
    ]

    /// Bytes of paths that are no text.
    package static let paths: [[UInt8]] = [
        [0xFF, 0xFE], Array("etc/caf".utf8) + [0xE9], [0xC3], [0xED, 0xA0, 0x80], Array("a\u{0}b".utf8), [0xF8, 0x88],
        Array("\\x00".utf8), Array("line\nbreak".utf8), Array("usr/.wh.gone".utf8),
        Array(String(repeating: "d/", count: 2_000).utf8),
    ]

    /// Makes it: two images, of which one begins with the other's layers, with a run, claims and something distrusted.
    package static func make() throws -> CaseFixture {
        let fixture = try CaseFixture()
        let (image, signature) = try fixture.addTutorialImage(trusted: true)
        try fixture.addRun { job, _, _ in job.runnerName = "run\tner \\x41" }
        for text in texts {
            try fixture.addClaim(image, .label, "label", text, signature: nil)
            try fixture.addClaim(image, .signedAnnotation, text, "value", signature: signature)
            try fixture.addReference(text, image, key: "name")
        }
        let members = paths.map { path in
            var file = FileEntryRecord.file("x", "content of \(path)")
            file.path = path
            file.modified = Int64.max
            file.details = [FileDetailRecord(name: "xattr:user.\u{1}", value: path)]
            return file
        }
        let base = try fixture.addLayer(
            "base",
            members + [FileEntryRecord.file("usr/gone", "old"), FileEntryRecord.file("kept")]
        )
        let top = try fixture.addLayer(
            "top",
            [FileEntryRecord.file("usr/.wh.gone"), FileEntryRecord.file("kept", "new")]
        )
        let first = try fixture.addImage("base:1", layers: [base])
        try fixture.addImage("derived:1", layers: [base, top])
        try fixture.addSignature(first, named: "base", authentic: true, trusted: true)
        try fixture.caseFile.write { writer in
            _ = try writer.insert(
                DistrustRecord(
                    kind: "identity",
                    value: CaseFixture.identity,
                    from: nil,
                    to: nil,
                    reason: "stolen \\x",
                    addedAt: CaseFixture.time
                )
            )
            try writer.insert(
                ArtifactRecord(digest: CaseFixture.digest("big"), size: .max, mediaType: nil, role: .blob)
            )
            writer.appendActivity(
                verb: "distrust",
                arguments: "[\"\\\\x\",\"é\"]",
                toolVersion: "0.0.0",
                startedAt: CaseFixture.time,
                result: "{}"
            )
        }
        return fixture
    }
}
