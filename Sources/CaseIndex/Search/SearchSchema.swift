/// The indexes that questions about a whole case look into.
enum SearchSchema {
    static let indexes = """
        CREATE INDEX claimByKey ON claim (key, value);
        CREATE INDEX certificateByName ON certificate (subjectAlternativeName);
        CREATE INDEX certificateByIdentityIssuer ON certificate (identityIssuer);
        CREATE INDEX certificateByIssuer ON certificate (issuer);
        CREATE INDEX certificateByTime ON certificate (notBefore);
        CREATE INDEX verdictByIdentity ON verdict (identity);
        CREATE INDEX verdictByIdentityIssuer ON verdict (identityIssuer);
        CREATE INDEX verdictByTime ON verdict (signedAt);
        CREATE INDEX jobByRunner ON job (runnerID);
        CREATE INDEX jobByRunnerName ON job (runnerName);
        CREATE INDEX jobByUser ON job (user);
        CREATE INDEX jobByCommit ON job (commitName);
        CREATE INDEX pipelineByUser ON pipeline (user);
        CREATE INDEX pipelineByProtectedRef ON pipeline (ref) WHERE isProtected = 1 AND ifnull(isTag, 0) = 0;
        CREATE INDEX signatureByCarrier ON signature (carrier);
        CREATE INDEX referenceByDigest ON reference (digest);
        CREATE INDEX relationshipByDiffID ON relationship (ifnull(observedDiffID, claimedDiffID)) WHERE kind = 'layer';
        """
}
