package import CaseIndex

/// Something that is taken for compromised, always or within a window.
package struct Distrust: Hashable, Sendable {
    /// The number under which the case has it; nil for one that is only asked about.
    package let id: Int64?
    /// What it is.
    package let criterion: ImageCriterion
    /// Since when and until when.
    package let window: TimeWindow
    /// Why; empty when nobody said.
    package let reason: String

    package init(
        id: Int64? = nil,
        _ criterion: ImageCriterion,
        within window: TimeWindow = TimeWindow(from: nil, to: nil),
        reason: String = ""
    ) {
        (self.id, self.criterion, self.window, self.reason) = (id, criterion, window, reason)
    }

    /// What the case has noted; nil for a kind that this version does not know.
    package init?(_ record: DistrustRecord) {
        guard let kind = ImageCriterion.Kind(rawValue: record.kind) else { return nil }
        self.init(
            id: record.id,
            ImageCriterion(kind, record.value),
            within: TimeWindow(from: record.from, to: record.to),
            reason: record.reason
        )
    }

    /// Whether it is bounded in time.
    package var hasWindow: Bool {
        window.first != nil || window.last != nil
    }
}
