internal import CaseIndex
internal import Correlation

/// The words that members of documents take, from the types that have them.
enum SchemaWords {
    static let bases = Basis.allCases.map(\.rawValue)
    static let standings = Standing.allCases.map(\.rawValue)
    static let contents = ContentOutcome.allCases.map(\.rawValue)
    static let outcomes = CheckOutcomeWord.allCases.map(\.rawValue)
    static let stations = ChainLink.Station.allCases.map(\.rawValue)
    static let facts = Fact.allCases.map(\.rawValue)
    static let rows = RowVerdict.allCases.map(\.rawValue)
    static let severities = FindingSeverity.allCases.map(\.rawValue)
    static let weights = WarningSeverity.allCases.map(\.rawValue)
}
