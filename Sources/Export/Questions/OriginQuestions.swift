/// Questions about where images come from.
enum OriginQuestions {
    static let all = [checkClaims, checkCommits, tags]

    static let checkClaims = Question(
        "check-claims",
        "what the rules found about an image, with the records on which it rests",
        difference: "Findings are those that raireki check claims (or trace) stored; SQL applies no rule.",
        parameters: [("image", "sha256:… of an image; empty for all")],
        sql: """
            SELECT f.case_id, f.subject AS image, f.severity, f.rule, f.message, f.records
            FROM finding f
            WHERE :image = '' OR f.subject = :image
            ORDER BY 1, 2, 4, 5
            """
    )

    static let checkCommits = Question(
        "check-commits",
        "which commits images name, whether a repository of the case has them, and who signed them",
        difference: """
            Whether a commit lies on a protected branch needs the whole history, which raireki check commits walks; this
            one says which branches and tags point at the commit itself, and whether a pipeline on a protected one ran it.
            """,
        parameters: [("image", "sha256:… of an image; empty for all")],
        sql: """
            WITH named AS (
                SELECT DISTINCT case_id, subject AS image, value AS commit_name FROM claim
                WHERE key IN ('1.3.6.1.4.1.57264.1.13', 'com.gitlab.ci.commit.sha', 'org.opencontainers.image.revision',
                    '/subject/0/annotations/com.gitlab.ci.commit.sha',
                    '/subject/0/annotations/org.opencontainers.image.revision')
            ), tips AS (
                SELECT case_id, commit_name, count(*) AS refs FROM git_ref GROUP BY case_id, commit_name
            ), runs AS (
                SELECT case_id, commit_name, max(coalesce(is_protected, 0)) AS is_protected, count(*) AS pipelines
                FROM pipeline GROUP BY case_id, commit_name
            )
            SELECT n.case_id, n.image, n.commit_name, CASE WHEN g.name IS NULL THEN 0 ELSE 1 END AS is_in_repository,
                g.committed_at, v.outcome AS signature, v.identity AS signer, coalesce(t.refs, 0) AS refs,
                coalesce(r.pipelines, 0) AS pipelines, r.is_protected
            FROM named n
            LEFT JOIN git_commit g ON g.case_id = n.case_id AND g.name = n.commit_name
            LEFT JOIN git_verdict v ON v.case_id = n.case_id AND v.name = n.commit_name
            LEFT JOIN tips t ON t.case_id = n.case_id AND t.commit_name = n.commit_name
            LEFT JOIN runs r ON r.case_id = n.case_id AND r.commit_name = n.commit_name
            WHERE :image = '' OR n.image = :image
            ORDER BY 1, 2, 3
            """
    )

    static let tags = Question(
        "tags",
        "which names pointed where, by which evidence and which registry's record",
        difference: "raireki tags orders them in time; here each observation is a row.",
        sql: """
            SELECT r.case_id, r.name, r.digest, s.path AS seen_in, s.imported_at, 'evidence' AS said_by
            FROM reference r
            JOIN source s ON s.case_id = r.case_id AND s.id = r.source_id
            JOIN artifact a ON a.case_id = r.case_id AND a.digest = r.digest
                AND a.role IN ('image-manifest', 'image-index', 'saved-image')
            UNION
            SELECT t.case_id, t.repository || ':' || t.tag, t.digest, s.path, s.imported_at, 'registry'
            FROM registry_tag t
            JOIN source s ON s.case_id = t.case_id AND s.id = t.source_id
            WHERE t.tag IS NOT NULL
            ORDER BY 1, 2, 3, 4
            """
    )
}
