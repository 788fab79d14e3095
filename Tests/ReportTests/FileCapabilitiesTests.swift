import CaseFixtures
import CaseIndex
import Report
import StrictJSON
import Testing

@Suite struct FileCapabilitiesTests {
    /// The attribute's value from words of four octets.
    private func text(_ words: [UInt32]) -> String? {
        var entry = FileEntryRecord.file("bin/ping")
        let value = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) } }
        entry.details = [FileDetailRecord(name: "xattr:security.capability", value: value)]
        return FileCapabilities.text(entry)
    }

    @Test func showsCapabilitiesAsGetcapDoes() {
        #expect(text([0x0200_0001, 1 << 13, 0, 0, 0]) == "cap_net_raw=ep")
        #expect(text([0x0200_0000, 1 << 13, 0, 0, 0]) == "cap_net_raw=p")
        #expect(text([0x0200_0001, 1 << 12 | 1 << 13, 1 << 12, 0, 0]) == "cap_net_admin=eip cap_net_raw=ep")
        #expect(text([0x0200_0001, 0, 0, 1 << 7, 0]) == "cap_bpf=ep")
        #expect(text([0x0200_0001, 0, 0, 1 << 31, 0]) == "cap_63=ep")
        #expect(text([0x0100_0001, 1, 0]) == "cap_chown=ep")
        #expect(text([0x0300_0001, 1, 0, 0, 0, 1000]) == "cap_chown=ep [rootid=1000]")
        #expect(text([0x0200_0000, 0, 0, 0, 0]) == "=")
    }

    @Test func namesAnAttributeOfAnotherForm() {
        #expect(text([]) == "security.capability of unknown form: ")
        #expect(text([0x0200_0001, 1]) == "security.capability of unknown form: 0100000201000000")
        #expect(FileCapabilities.text(.file("bin/ls")) == nil)
    }

    @Test func standsBeforeThePath() {
        var entry = FileEntryRecord.file("bin/ping")
        entry.details = [
            FileDetailRecord(
                name: "xattr:security.capability",
                value: [1, 0, 0, 2, 0, 0x20, 0, 0] + [UInt8](repeating: 0, count: 12)
            )
        ]
        let line = FileLine.text(entry, showsDigest: false, content: nil)
        #expect(line.hasSuffix("  [cap_net_raw=ep]  bin/ping"))
        #expect(FileJSON.entry(entry, content: nil)["capabilities"]?.string == "cap_net_raw=ep")
    }
}
