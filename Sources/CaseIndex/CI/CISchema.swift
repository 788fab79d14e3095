/// The tables of what CI services recorded about their runs.
enum CISchema {
    /// Numbers are text, as services write them: one may outgrow what another can count.
    static let tables = """
        CREATE TABLE pipeline (
            id INTEGER PRIMARY KEY, sourceID INTEGER NOT NULL, service TEXT NOT NULL, server TEXT, project TEXT,
            projectID TEXT, number TEXT, localNumber TEXT, attempt TEXT, commitName TEXT, ref TEXT, isTag INTEGER,
            trigger TEXT, status TEXT, isProtected INTEGER, user TEXT, workflow TEXT, createdAt TEXT, startedAt TEXT,
            finishedAt TEXT, readFrom TEXT NOT NULL, pointer TEXT NOT NULL);
        CREATE INDEX pipelineByNumber ON pipeline (number);
        CREATE INDEX pipelineByCommit ON pipeline (commitName);
        CREATE TABLE job (
            id INTEGER PRIMARY KEY, sourceID INTEGER NOT NULL, service TEXT NOT NULL, server TEXT, project TEXT,
            projectID TEXT, number TEXT, pipelineNumber TEXT, name TEXT NOT NULL, stage TEXT, status TEXT,
            commitName TEXT, ref TEXT, isTag INTEGER, runnerID TEXT, runnerName TEXT, runnerClass TEXT, user TEXT,
            createdAt TEXT, startedAt TEXT, finishedAt TEXT, readFrom TEXT NOT NULL, pointer TEXT NOT NULL);
        CREATE INDEX jobByNumber ON job (number);
        CREATE INDEX jobByPipeline ON job (pipelineNumber);
        CREATE TABLE registryTag (
            id INTEGER PRIMARY KEY, sourceID INTEGER NOT NULL, service TEXT NOT NULL, server TEXT, project TEXT,
            projectID TEXT, repository TEXT NOT NULL, tag TEXT, location TEXT, digest TEXT, configuration TEXT,
            createdAt TEXT, readFrom TEXT NOT NULL, pointer TEXT NOT NULL);
        """
}
