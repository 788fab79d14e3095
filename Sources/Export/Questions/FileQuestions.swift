/// Questions about what is in images.
enum FileQuestions {
    static let all = [findFile, diff, lineage]

    static let findFile = Question(
        "find-file",
        "which images have such a file in any layer, and who signed them",
        difference: "raireki find file also says whether the file can be seen in the image, and takes patterns.",
        parameters: [
            ("path", "a path without a slash in front; empty for any"),
            ("digest", "sha256:… of the content; empty for any"),
        ],
        sql: """
            WITH signed AS (
                SELECT case_id, subject AS image, signature_id, identity, is_authentic, is_trusted FROM verdict
                UNION
                SELECT r.case_id, r.target, v.signature_id, v.identity, v.is_authentic, v.is_trusted
                FROM relationship r
                JOIN verdict v ON v.case_id = r.case_id AND v.subject = r.origin
                WHERE r.kind = 'child'
            )
            SELECT DISTINCT f.case_id, i.image, i.position AS layer_position, f.layer, f.path, f.digest, f.size,
                v.signature_id, v.identity AS signer, v.is_authentic, v.is_trusted
            FROM file f
            JOIN image_layer i ON i.case_id = f.case_id AND i.layer = f.layer
            LEFT JOIN signed v ON v.case_id = f.case_id AND v.image = i.image
            WHERE (:path = '' OR f.path = :path) AND (:digest = '' OR f.digest = :digest)
                AND NOT (:path = '' AND :digest = '')
            ORDER BY 1, 2, 3, 5, 8
            """
    )

    static let diff = Question(
        "diff",
        "which files differ between two images",
        difference: """
            raireki diff also compares configuration, history, signers and attributes; this one the contents and kinds of
            files, as they are seen when all layers are laid upon one another.
            """,
        parameters: [("old", "sha256:… of an image"), ("new", "sha256:… of another")],
        sql: """
            WITH entry AS (
                SELECT f.case_id, i.image, i.position AS layer_position, f.position, f.path, f.kind, f.digest, f.link
                FROM file f
                JOIN image_layer i ON i.case_id = f.case_id AND i.layer = f.layer
                WHERE i.image IN (:old, :new)
            ), gone AS (
                SELECT case_id, image, layer_position,
                    CASE WHEN substr(path, 1, 4) = '.wh.' THEN substr(path, 5) ELSE replace(path, '/.wh.', '/') END AS path
                FROM entry WHERE (path LIKE '%/.wh.%' OR path LIKE '.wh.%') AND path NOT LIKE '%.wh..wh..opq'
                UNION ALL
                SELECT case_id, image, layer_position, replace(replace(path, '/.wh..wh..opq', ''), '.wh..wh..opq', '')
                FROM entry WHERE path LIKE '%.wh..wh..opq'
            ), ranked AS (
                SELECT e.*, row_number() OVER (
                    PARTITION BY e.case_id, e.image, e.path ORDER BY e.layer_position DESC, e.position DESC) AS place
                FROM entry e
            ), seen AS (
                SELECT r.* FROM ranked r
                WHERE r.place = 1 AND r.path NOT LIKE '%/.wh.%' AND r.path NOT LIKE '.wh.%' AND NOT EXISTS (
                    SELECT 1 FROM gone g WHERE g.case_id = r.case_id AND g.image = r.image
                        AND g.layer_position > r.layer_position
                        AND (g.path = r.path OR g.path = '' OR substr(r.path, 1, length(g.path) + 1) = g.path || '/'))
            )
            SELECT coalesce(b.case_id, a.case_id) AS case_id, coalesce(b.path, a.path) AS path,
                CASE WHEN a.path IS NULL THEN 'added' WHEN b.path IS NULL THEN 'removed' ELSE 'changed' END AS change,
                a.digest AS old_digest, b.digest AS new_digest
            FROM (SELECT * FROM seen WHERE image = :old) a
            FULL OUTER JOIN (SELECT * FROM seen WHERE image = :new) b ON a.case_id = b.case_id AND a.path = b.path
            WHERE a.path IS NULL OR b.path IS NULL OR a.kind <> b.kind OR coalesce(a.digest, '') <> coalesce(b.digest, '')
                OR coalesce(a.link, '') <> coalesce(b.link, '')
            ORDER BY 1, 2
            """
    )

    static let lineage = Question(
        "lineage",
        "which images begin with all layers of another",
        difference: "raireki lineage also finds rebuilt, squashed and only named bases.",
        sql: """
            WITH layers AS (
                SELECT DISTINCT case_id, origin AS image, position, target AS layer FROM relationship WHERE kind = 'layer'
            ), counted AS (
                SELECT case_id, image, count(*) AS layer_count FROM layers GROUP BY case_id, image
            )
            SELECT a.case_id, a.image AS base, b.image AS derived, x.layer_count AS shared_layers
            FROM layers a
            JOIN layers b ON b.case_id = a.case_id AND b.position = a.position AND b.layer = a.layer AND b.image <> a.image
            JOIN counted x ON x.case_id = a.case_id AND x.image = a.image
            JOIN counted y ON y.case_id = b.case_id AND y.image = b.image AND y.layer_count > x.layer_count
            GROUP BY a.case_id, a.image, b.image, x.layer_count
            HAVING count(*) = x.layer_count
            ORDER BY 1, 2, 3
            """
    )
}
