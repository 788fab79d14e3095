/// A question as SQL over an export, in words that PostgreSQL and Spark both understand.
package struct Question: Sendable {
    /// The name by which it is asked for.
    package let name: String
    /// What it answers, in one line.
    package let title: String
    /// How its answer differs from that of the command of the same kind; nil when it does not.
    package let difference: String?
    /// What has to be given: the name, and what it means.
    package let parameters: [(name: String, meaning: String)]
    /// The statement; parameters are written `:name`.
    let sql: String

    init(
        _ name: String,
        _ title: String,
        difference: String? = nil,
        parameters: [(name: String, meaning: String)] = [],
        sql: String
    ) {
        (self.name, self.title, self.difference, self.parameters, self.sql) = (name, title, difference, parameters, sql)
    }

    /// Every question.
    package static let all: [Question] =
        FileQuestions.all + SignerQuestions.all + OriginQuestions.all + RecordQuestions.all

    /// The question with this name.
    package static func named(_ name: String) -> Question? {
        all.first { $0.name.utf8.elementsEqual(name.utf8) }
    }

    /// The statement with a comment that says how to run it.
    package func text(_ dialect: Dialect) -> String {
        var lines = ["-- \(name): \(title)"]
        if let difference { lines += difference.split(separator: "\n").map { "-- \($0)" } }
        for parameter in parameters { lines.append("-- :\(parameter.name)  \(parameter.meaning)") }
        let names = parameters.map(\.name)
        switch dialect {
        case .postgresql:
            let options = names.map { " -v \($0)=…" }.joined()
            lines.append("-- PGOPTIONS='-c search_path=raireki' psql\(options) -f this-file URL")
        case .spark:
            let arguments = names.isEmpty ? "" : ", args={\(names.map { "\"\($0)\": \"…\"" }.joined(separator: ", "))}"
            lines.append("-- spark.sql(text\(arguments)), after the views of: raireki export --print-schema spark")
        }
        return (lines + [statement(dialect)]).joined(separator: "\n") + (dialect == .postgresql ? ";\n" : "\n")
    }

    /// The statement alone.
    func statement(_ dialect: Dialect) -> String {
        guard dialect == .postgresql else { return sql }
        return parameters.reduce(sql) { $0.replacing(":\($1.name)", with: ":'\($1.name)'") }
    }
}

/// Whose SQL.
package enum Dialect: String, Sendable, CaseIterable {
    case postgresql, spark
}
