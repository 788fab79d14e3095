internal import GRDB

/// How many layers of a case's images have files that the case does not know, each layer counted once.
package struct LayerGaps: Hashable, Sendable {
    /// Layers of which no file is known: they are not in the evidence, or were not listed.
    package let absent: Int
    /// Layers of which only some files are known: damage or a limit ended the reading.
    package let partial: Int

    package init(absent: Int, partial: Int) {
        self.absent = absent
        self.partial = partial
    }

    /// Whether every file of every layer is known.
    package var isEmpty: Bool { absent == 0 && partial == 0 }
}

extension CaseReader {
    /// The layers that images list, and those that lie in the place of others, whose files are not all known.
    ///
    /// - Throws: ``CaseError``.
    package func layerGaps() throws -> LayerGaps {
        let row = try Row.fetchOne(
            database.cachedStatement(
                sql: """
                    WITH listed(named, observed) AS MATERIALIZED (
                        SELECT r.target, r.observedDigest FROM artifact a
                        CROSS JOIN relationship r ON r.origin = a.digest AND r.kind = 'layer'
                        WHERE a.role IN ('image-manifest', 'saved-image')),
                    each(digest) AS (
                        SELECT named FROM listed
                        UNION SELECT observed FROM listed WHERE observed IS NOT NULL)
                    SELECT count(*) FILTER (WHERE l.id IS NULL) AS absent,
                        count(*) FILTER (WHERE l.failure IS NOT NULL) AS partial
                    FROM each LEFT JOIN layer l ON l.digest = each.digest
                    """
            )
        )
        guard let row else { return LayerGaps(absent: 0, partial: 0) }
        return LayerGaps(absent: try row.value("absent"), partial: try row.value("partial"))
    }
}
