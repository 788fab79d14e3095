/// What the questions ask of beside the tables.
enum Views {
    /// The statements; in PostgreSQL they end with semicolons.
    static func statements(_ dialect: Dialect) -> String {
        switch dialect {
        case .postgresql:
            """
            -- Every file of every layer, with its path, content and layer.
            CREATE VIEW file AS
            \(file(digest: "'sha256:' || encode(c.digest, 'hex')"));

            -- The layers of every image, each by the digest of what was really there.
            CREATE VIEW image_layer AS
            \(imageLayer);

            -- SHA-2 under the name that Spark gives it.
            CREATE FUNCTION sha2(value text, size integer) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS
            $$ SELECT CASE WHEN size = 256 THEN encode(sha256(convert_to(value, 'UTF8')), 'hex') END $$;
            """
        case .spark:
            """
            CREATE OR REPLACE TEMPORARY VIEW file AS
            \(file(digest: "'sha256:' || lower(hex(unbase64(c.digest)))"));

            CREATE OR REPLACE TEMPORARY VIEW image_layer AS
            \(imageLayer)
            """
        }
    }

    private static let imageLayer = """
        SELECT DISTINCT case_id, origin AS image, position, coalesce(observed_digest, target) AS layer
        FROM relationship WHERE kind = 'layer'
        """

    private static func file(digest: String) -> String {
        """
        SELECT e.case_id, e.id AS entry_id, l.digest AS layer, r.first_position + (e.id - r.first_id) AS position, p.path,
            a.kind, a.mode, a.user_id, a.group_id, \(digest) AS digest, c.size, e.modified, k.path AS link
        FROM file_entry e
        JOIN layer_run r ON r.case_id = e.case_id AND e.id BETWEEN r.first_id AND r.last_id
        JOIN layer l ON l.case_id = r.case_id AND l.id = r.layer_id AND l.digest IS NOT NULL
        JOIN path p ON p.case_id = e.case_id AND p.id = e.path_id
        JOIN file_attributes a ON a.case_id = e.case_id AND a.id = e.attributes_id
        LEFT JOIN file_content c ON c.case_id = e.case_id AND c.id = e.content_id
        LEFT JOIN path k ON k.case_id = e.case_id AND k.id = e.link_id
        """
    }
}
