internal import CaseIndex
internal import Cryptography

/// The tables of all cases of one PostgreSQL database.
package struct PostgreSQLSchema {
    private let tables: [ExportedTable]

    /// The schema's name.
    static let name = "raireki"
    /// Into so many parts the table of files is divided.
    static let partitions = 16
    /// The number of what stands here beside the case's own tables.
    private static let version = 1

    /// - Throws: What SQLite throws when it has no memory.
    package init() throws {
        tables = try ExportedTable.all()
    }

    /// The statements that make the tables, with comments.
    package var text: String {
        """
        -- The tables of every case that raireki exports into this database, version \(Self.version) for cases of format \
        \(CaseTable.schemaVersion).
        -- raireki makes them itself where its user may; where not, run this once and grant INSERT, SELECT, UPDATE, DELETE.
        --
        -- Every row begins with its case (the hash of the first record of the case's custody log) and with its number in
        -- its table. Text is as it was read; what is not UTF-8, holds a NUL or begins with \\x is \\x and its bytes in
        -- hexadecimal digits: decode(substr(value, 3), 'hex'). Bytes are bytea, yes and no are 1 and 0, times are RFC 3339
        -- in UTC, which sort as text. A case counts as whole when export_case.is_complete is 1.

        BEGIN;
        \(statements)
        COMMIT;

        \(Self.distribution(tables))

        """
    }

    /// What tells whether a database has these very tables.
    var digest: String {
        Digest(hashing: Array(statements.utf8)).hex
    }

    /// The statements alone.
    var statements: String {
        ([Self.beginning] + tables.map(Self.create) + [Self.indexes, Views.statements(.postgresql)])
            .joined(separator: "\n\n")
    }

    private static let beginning = """
        CREATE SCHEMA IF NOT EXISTS \(name);
        SET LOCAL search_path = \(name);

        -- What this database was made for.
        CREATE TABLE export_format (digest text PRIMARY KEY);

        -- The cases, and how far each is here. has_whole_evidence is 0 when an import of the case was not ended.
        CREATE TABLE export_case (
            case_id text COLLATE "C" PRIMARY KEY, head text NOT NULL, records bigint NOT NULL,
            is_complete bigint NOT NULL, has_whole_evidence bigint NOT NULL, tool text NOT NULL,
            exported_at timestamptz NOT NULL DEFAULT now());

        -- The parts of tables that are here to their end, with the digest of what was sent: an export that was interrupted
        -- goes on behind them, and one that finds the same again sends nothing.
        CREATE TABLE export_part (
            case_id text COLLATE "C" NOT NULL, table_name text NOT NULL, part bigint NOT NULL, first_ordinal bigint NOT NULL,
            row_count bigint NOT NULL, digest text NOT NULL, PRIMARY KEY (case_id, table_name, part));
        """

    private static func create(_ table: ExportedTable) -> String {
        let columns = zip(table.columns, table.source.columns).map { name, column in
            "\(name) \(type(column.kind))\(column.isRequired ? " NOT NULL" : "")"
        }
        let all = ["case_id text COLLATE \"C\" NOT NULL", "ordinal bigint NOT NULL"] + columns
        let body =
            "CREATE TABLE \(table.name) (\n    \(all.joined(separator: ",\n    ")),\n    PRIMARY KEY (case_id, ordinal))"
        guard table.name == "file_entry" else { return body + ";" }
        let parts = (0..<partitions).map { part in
            "CREATE TABLE file_entry_\(part) PARTITION OF file_entry FOR VALUES WITH (MODULUS \(partitions), REMAINDER \(part));"
        }
        return "\(body) PARTITION BY HASH (case_id, ordinal);\n" + parts.joined(separator: "\n")
    }

    private static func type(_ kind: CaseTable.Kind) -> String {
        switch kind {
        case .integer: "bigint"
        case .text: "text COLLATE \"C\""
        case .bytes: "bytea"
        }
    }

    /// Text from evidence may be longer than a b-tree takes; hash indexes hold a number of each value.
    private static let indexes = """
        CREATE INDEX ON artifact (digest);
        CREATE INDEX ON location (digest);
        CREATE INDEX ON reference (digest);
        CREATE INDEX ON reference USING hash (name);
        CREATE INDEX ON relationship (target);
        CREATE INDEX ON relationship (origin);
        CREATE INDEX ON signature (subject);
        CREATE INDEX ON signature (id);
        CREATE INDEX ON certificate (signature_id);
        CREATE INDEX ON certificate USING hash (subject_alternative_name);
        CREATE INDEX ON log_entry (signature_id);
        CREATE INDEX ON verdict (signature_id);
        CREATE INDEX ON verdict USING hash (identity);
        CREATE INDEX ON verdict_check (signature_id);
        CREATE INDEX ON claim (subject);
        CREATE INDEX ON claim USING hash (value);
        CREATE INDEX ON finding (subject);
        CREATE INDEX ON layer (digest);
        CREATE INDEX ON layer_run (case_id, first_id);
        CREATE INDEX ON path (case_id, id);
        CREATE INDEX ON path USING hash (path);
        CREATE INDEX ON file_content (case_id, id);
        CREATE INDEX ON file_content (digest);
        CREATE INDEX ON file_attributes (case_id, id);
        CREATE INDEX ON file_detail (case_id, entry_id);
        CREATE INDEX ON file_entry (case_id, path_id);
        CREATE INDEX ON file_entry (case_id, content_id);
        CREATE INDEX ON git_commit (name);
        """

    private static func distribution(_ tables: [ExportedTable]) -> String {
        let names = ["export_case", "export_part"] + tables.map(\.name).filter { $0 != "file_entry" }
        let lines = names.map {
            "-- SELECT create_distributed_table('\(name).\($0)', 'case_id', colocate_with => 'default');"
        }
        return """
            -- With Citus, on the coordinator, before the first export. Every table is spread by its case, so that whatever
            -- is asked of one case is answered by one worker; shards take the place of the partitions of file_entry, which
            -- is made anew without them first:
            -- CREATE EXTENSION IF NOT EXISTS citus;
            -- DROP VIEW \(name).file;
            -- ALTER TABLE \(name).file_entry RENAME TO file_entry_partitioned;
            -- CREATE TABLE \(name).file_entry (LIKE \(name).file_entry_partitioned INCLUDING ALL);
            -- DROP TABLE \(name).file_entry_partitioned CASCADE;
            -- SELECT create_reference_table('\(name).export_format');
            \(lines.joined(separator: "\n"))
            -- SELECT create_distributed_table('\(name).file_entry', 'case_id', colocate_with => '\(name).claim');
            -- (then the statement CREATE VIEW file from above once more)
            -- One case of very many files is better spread by file: distribute path, file_content and file_entry by
            -- 'ordinal' instead; the questions about files then move rows between workers.
            """
    }
}
