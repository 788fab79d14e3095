/// Questions about what is recorded, what is missing, and when it was.
enum RecordQuestions {
    static let all = [gaps, timeline, caseVerify]

    static let gaps = Question(
        "gaps",
        "what is missing to decide",
        difference: "raireki gaps also says what to collect, check by check; here each thing that lacks is a row.",
        sql: """
            SELECT case_id, 'evidence not read to its end' AS gap, path AS subject, digest AS detail FROM source
            WHERE is_complete = 0
            UNION ALL
            SELECT case_id, 'content ' || outcome, target, kind || ' of ' || origin FROM relationship
            WHERE outcome <> 'matched'
            UNION ALL
            SELECT s.case_id, 'signature not verified', s.subject, s.id FROM signature s
            LEFT JOIN verdict v ON v.case_id = s.case_id AND v.signature_id = s.id WHERE v.signature_id IS NULL
            UNION ALL
            SELECT c.case_id, 'check not performed', v.subject, c.name || coalesce(': ' || c.reason, '') FROM verdict_check c
            JOIN verdict v ON v.case_id = c.case_id AND v.signature_id = c.signature_id WHERE c.outcome = 'not-performed'
            UNION ALL
            SELECT a.case_id, 'image without signature', a.digest, a.role FROM artifact a
            LEFT JOIN signature s ON s.case_id = a.case_id AND s.subject = a.digest
            WHERE a.role = 'image-manifest' AND s.id IS NULL
            UNION ALL
            SELECT case_id, 'warning ' || code, path, message FROM warning WHERE severity <> 'recovered'
            ORDER BY 1, 2, 3, 4
            """
    )

    static let timeline = Question(
        "timeline",
        "in what order things happened",
        difference: """
            Every stored time with its event; raireki timeline also reads the times in configurations and documents, says
            how exact each is, and where clocks contradict one another.
            """,
        parameters: [("image", "sha256:… of an image; empty for all events of the case")],
        sql: """
            WITH event AS (
                SELECT v.case_id, v.signed_at AS happened_at, 'signed' AS event, v.subject AS image, v.signature_id AS record
                FROM verdict v
                UNION ALL SELECT e.case_id, e.integrated_time, 'logged', s.subject, s.id FROM log_entry e
                    JOIN signature s ON s.case_id = e.case_id AND s.id = e.signature_id
                UNION ALL SELECT c.case_id, c.not_before, 'certificate valid from', s.subject, s.id FROM certificate c
                    JOIN signature s ON s.case_id = c.case_id AND s.id = c.signature_id
                UNION ALL SELECT c.case_id, c.not_after, 'certificate valid until', s.subject, s.id FROM certificate c
                    JOIN signature s ON s.case_id = c.case_id AND s.id = c.signature_id
                UNION ALL SELECT case_id, value, key, subject, read_from FROM claim
                    WHERE key IN ('/created', 'org.opencontainers.image.created', 'genTime',
                        '/predicate/runDetails/metadata/startedOn', '/predicate/runDetails/metadata/finishedOn')
                UNION ALL SELECT case_id, created_at, 'pipeline created', NULL, number FROM pipeline
                UNION ALL SELECT case_id, started_at, 'job started', NULL, number FROM job
                UNION ALL SELECT case_id, finished_at, 'job finished', NULL, number FROM job
                UNION ALL SELECT case_id, committed_at, 'committed', NULL, name FROM git_commit
                UNION ALL SELECT case_id, tagged_at, 'tagged', NULL, name FROM git_tag
                UNION ALL SELECT case_id, started_at, 'raireki ' || verb, NULL, hash FROM activity
            )
            SELECT DISTINCT case_id, happened_at, event, image, record FROM event
            WHERE happened_at IS NOT NULL AND (:image = '' OR image = :image)
            ORDER BY 1, 2, 3, 5
            """
    )

    static let caseVerify = Question(
        "case-verify",
        "whether the custody log's hashes hold, record by record",
        difference: """
            Each hash is computed again from its fields and compared with the next record's, as raireki case verify does.
            The digests of tables and of stored documents are computed by raireki case verify on the case itself; of an
            export the list of digests (JSON Lines) or export_part (PostgreSQL) tells what was handed over.
            """,
        sql: """
            SELECT a.case_id, a.id AS record, a.verb, a.started_at, a.hash,
                CASE WHEN a.hash = sha2('raireki-custody-v2' || chr(10)
                    || octet_length(CAST(a.id AS VARCHAR(20))) || ' ' || a.id || chr(10)
                    || octet_length(a.started_at) || ' ' || a.started_at || chr(10)
                    || octet_length(a.verb) || ' ' || a.verb || chr(10)
                    || octet_length(a.arguments) || ' ' || a.arguments || chr(10)
                    || octet_length(a.tool_version) || ' ' || a.tool_version || chr(10)
                    || octet_length(a.result) || ' ' || a.result || chr(10)
                    || octet_length(a.content) || ' ' || a.content || chr(10)
                    || octet_length(a.previous_hash) || ' ' || a.previous_hash || chr(10), 256)
                    THEN 1 ELSE 0 END AS is_hash_right,
                CASE WHEN a.previous_hash = coalesce(p.hash, '0000000000000000000000000000000000000000000000000000000000000000')
                    AND (p.id IS NOT NULL OR a.id = 1) THEN 1 ELSE 0 END AS follows
            FROM activity a
            LEFT JOIN activity p ON p.case_id = a.case_id AND p.id = a.id - 1
            ORDER BY 1, 2
            """
    )
}
