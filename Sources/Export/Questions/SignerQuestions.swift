/// Questions about who signed.
enum SignerQuestions {
    static let all = [findImages, blast, verifyAt, checkLog]

    static let findImages = Question(
        "find-images",
        "which images name this runner, identity, issuer, commit, pipeline, job, user or key",
        difference: """
            raireki find images also follows addresses of jobs and pipelines, and grades each match; what nobody dates is
            listed here as well.
            """,
        parameters: [
            ("kind", "runner, identity, issuer, commit, pipeline, job, user or key"),
            ("value", "as the documents have it; a key as verdicts name it (sha256:…)"),
            ("from", "first time, RFC 3339 in UTC; empty for any"), ("to", "last time; empty for any"),
        ],
        sql: """
            WITH meaning (kind, claim_key) AS (
                VALUES ('identity', 'subjectAlternativeName'), ('issuer', '1.3.6.1.4.1.57264.1.8'),
                    ('commit', '1.3.6.1.4.1.57264.1.13'), ('commit', '1.3.6.1.4.1.57264.1.19'),
                    ('commit', 'com.gitlab.ci.commit.sha'), ('commit', 'org.opencontainers.image.revision'),
                    ('commit', '/subject/0/annotations/com.gitlab.ci.commit.sha'),
                    ('commit', '/subject/0/annotations/org.opencontainers.image.revision'),
                    ('commit', '/predicate/buildDefinition/resolvedDependencies/0/digest/gitCommit'),
                    ('pipeline', 'com.gitlab.ci.pipeline.id'), ('pipeline', 'com.gitlab.ci.pipeline.url'),
                    ('pipeline', '/subject/0/annotations/com.gitlab.ci.pipeline.id'),
                    ('pipeline', '/subject/0/annotations/com.gitlab.ci.pipeline.url'),
                    ('pipeline', '/predicate/buildDefinition/externalParameters/variables/CI_PIPELINE_ID'),
                    ('job', 'com.gitlab.ci.job.id'), ('job', 'com.gitlab.ci.job.url'), ('job', '1.3.6.1.4.1.57264.1.21'),
                    ('job', '/subject/0/annotations/com.gitlab.ci.job.id'),
                    ('job', '/subject/0/annotations/com.gitlab.ci.job.url'),
                    ('job', '/predicate/runDetails/metadata/invocationId'), ('user', 'com.gitlab.ci.user.name'),
                    ('user', '/subject/0/annotations/com.gitlab.ci.user.name'),
                    ('runner', '/predicate/runDetails/builder/id')
            ), named AS (
                SELECT c.case_id, c.subject AS image, m.kind, c.value, c.speaker AS said_by, v.signed_at AS happened_at,
                    v.is_authentic
                FROM claim c
                JOIN meaning m ON m.claim_key = c.key
                LEFT JOIN verdict v ON v.case_id = c.case_id AND v.signature_id = c.signature_id
            ), ran AS (
                SELECT n.case_id, n.image, j.runner_id, j.runner_name, j.user_name, j.pipeline_number,
                    coalesce(j.finished_at, j.started_at, j.created_at) AS happened_at
                FROM named n
                JOIN job j ON j.case_id = n.case_id AND n.kind = 'job'
                    AND (n.value = j.number OR n.value = coalesce(j.server, '') || '/' || coalesce(j.project, '') || '/-/jobs/' || j.number)
            ), hit AS (
                SELECT case_id, image, kind, value, said_by, happened_at, is_authentic FROM named
                UNION ALL SELECT case_id, image, 'runner', runner_id, 'ci-record', happened_at, NULL FROM ran
                UNION ALL SELECT case_id, image, 'runner', runner_name, 'ci-record', happened_at, NULL FROM ran
                UNION ALL SELECT case_id, image, 'user', user_name, 'ci-record', happened_at, NULL FROM ran
                UNION ALL SELECT case_id, image, 'pipeline', pipeline_number, 'ci-record', happened_at, NULL FROM ran
                UNION ALL SELECT case_id, subject, 'key', identity, 'verdict', signed_at, is_authentic FROM verdict
                    WHERE identity_issuer IS NULL
            )
            SELECT DISTINCT case_id, image, kind, value, said_by, happened_at, is_authentic FROM hit
            WHERE kind = :kind AND value = :value AND (happened_at IS NULL
                OR ((:from = '' OR happened_at >= :from) AND (:to = '' OR happened_at <= :to)))
            ORDER BY 1, 2, 5, 6
            """
    )

    static let blast = Question(
        "blast",
        "which images are affected by what is distrusted: those signed so, and those that begin with all their layers",
        difference: """
            What raireki distrust add noted is in the table distrust; this question follows identities, issuers and keys
            that verdicts name, by their verified times, and what nobody dates counts as affected. raireki blast also
            follows runners, commits and the other kinds, and other forms of lineage.
            """,
        sql: """
            WITH direct AS (
                SELECT DISTINCT v.case_id, v.subject AS image, d.id AS distrust
                FROM distrust d
                JOIN verdict v ON v.case_id = d.case_id AND (v.identity = d.value OR v.identity_issuer = d.value)
                WHERE d.removed_at IS NULL AND (v.signed_at IS NULL
                    OR (v.signed_at >= coalesce(d.from_time, '') AND v.signed_at <= coalesce(d.to_time, '~')))
            ), layers AS (
                SELECT DISTINCT case_id, origin AS image, position, target AS layer FROM relationship WHERE kind = 'layer'
            ), counted AS (
                SELECT case_id, image, count(*) AS layer_count FROM layers GROUP BY case_id, image
            ), derived AS (
                SELECT a.case_id, b.image, d.distrust, a.image AS base
                FROM direct d
                JOIN layers a ON a.case_id = d.case_id AND a.image = d.image
                JOIN layers b ON b.case_id = a.case_id AND b.position = a.position AND b.layer = a.layer AND b.image <> a.image
                JOIN counted x ON x.case_id = a.case_id AND x.image = a.image
                JOIN counted y ON y.case_id = b.case_id AND y.image = b.image AND y.layer_count > x.layer_count
                GROUP BY a.case_id, b.image, d.distrust, a.image, x.layer_count
                HAVING count(*) = x.layer_count
            )
            SELECT case_id, image, distrust, 'direct' AS affected, NULL AS base FROM direct
            UNION ALL SELECT case_id, image, distrust, 'derived', base FROM derived
            ORDER BY 1, 2, 3, 4
            """
    )

    static let verifyAt = Question(
        "verify-at",
        "which signatures were authentic and trusted, and whose certificates were valid at a time",
        difference: """
            Verdicts are what raireki verify concluded and stored; SQL does no cryptography. What is new is the column
            was_valid: whether the time lies in the certificate's validity. raireki verify --at judges anew.
            """,
        parameters: [("at", "a time, RFC 3339 in UTC")],
        sql: """
            SELECT v.case_id, v.subject AS image, v.signature_id, v.is_authentic, v.is_trusted, v.identity, v.signed_at,
                c.not_before, c.not_after,
                CASE WHEN c.not_before IS NULL THEN NULL WHEN c.not_before <= :at AND c.not_after >= :at THEN 1 ELSE 0 END
                    AS was_valid,
                CASE WHEN v.signed_at IS NULL THEN NULL WHEN v.signed_at <= :at THEN 1 ELSE 0 END AS was_signed
            FROM verdict v
            LEFT JOIN certificate c ON c.case_id = v.case_id AND c.signature_id = v.signature_id
            ORDER BY 1, 2, 3, 8
            """
    )

    static let checkLog = Question(
        "check-log",
        "which log entries are of no known artifact, which signatures are in no log, which entries are used twice",
        difference: "raireki check log also computes the log's tree; SQL sees the entries that signatures carry.",
        sql: """
            SELECT e.case_id, 'entry without artifact' AS problem, e.signature_id, s.subject, e.log_id, e.log_index
            FROM log_entry e
            JOIN signature s ON s.case_id = e.case_id AND s.id = e.signature_id
            LEFT JOIN artifact a ON a.case_id = s.case_id AND a.digest = s.subject
            WHERE a.digest IS NULL
            UNION ALL
            SELECT s.case_id, 'signature without entry', s.id, s.subject, NULL, NULL
            FROM signature s
            LEFT JOIN log_entry e ON e.case_id = s.case_id AND e.signature_id = s.id
            WHERE e.signature_id IS NULL
            UNION ALL
            SELECT e.case_id, 'entry of several signatures', e.signature_id, s.subject, e.log_id, e.log_index
            FROM log_entry e
            JOIN signature s ON s.case_id = e.case_id AND s.id = e.signature_id
            JOIN (SELECT case_id, log_id, log_index FROM log_entry
                GROUP BY case_id, log_id, log_index HAVING count(DISTINCT signature_id) > 1) d
                ON d.case_id = e.case_id AND d.log_id = e.log_id AND d.log_index = e.log_index
            ORDER BY 1, 2, 3
            """
    )
}
