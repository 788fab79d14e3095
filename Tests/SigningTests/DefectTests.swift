import Sigstore
import TestSupport
import Testing

/// Every defect is refused for its own reason and for no other.
struct DefectTests {
    @Test(arguments: Defect.all)
    func refusesADefectForItsReason(defect: Defect) throws {
        let report = try defect.make().verify()
        #expect(!report.isVerified)
        #expect(report.reasons(expecting: defect.reasons) == defect.reasons)
    }

    @Test(arguments: LayerDefect.all)
    func refusesADefectOfALayerForItsReason(defect: LayerDefect) throws {
        let report = try defect.make().verify()
        #expect(!report.isVerified)
        #expect(report.reasons(expecting: defect.reasons) == defect.reasons)
    }

    @Test func namesEveryDefectOnce() {
        let names = Defect.all.map(\.description)
        #expect(Set(names).count == names.count)
    }
}
