"""Kills an export at every place and at random moments, goes on, and expects the same as of one that was left alone;
then grows the case, forks it, and tries what is refused.
   survival.py RAIREKI CASE"""
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

from reference import Reference, compare, finish, read_csv
from server import Server

raireki, case = sys.argv[1], sys.argv[2]
failures, summary = [], []


def export(database, path, *words, **environment):
    return subprocess.run([raireki, "export", "--postgresql", server.url(database), "--case", path, *words],
                          env=os.environ | environment, capture_output=True, text=True)


def check(what, database, path):
    reference = Reference([path])
    for table, columns in reference.tables.items():
        if table in ("activity", "claim", "file_entry", "finding", "table_sum", "verdict_check"):
            shown = [f"encode({name}, 'hex')" if (table, name) in (("table_sum", "hash"), ("table_sum", "sections"))
                     else name for name in columns]
            found = read_csv(server.psql("-c", f"SELECT {', '.join(shown)} FROM {table}", database=database))
            compare(f"{what}: {table}", found, reference.rows(table), failures)
    whole = server.psql("-c", "SELECT is_complete FROM export_case", database=database).split()[1:]
    if whole != ["1"]:
        failures.append(f"{what}: not whole: {whole}")


def expect(what, run, status, words):
    if run.returncode != status or words not in run.stdout + run.stderr:
        failures.append(f"{what}: {run.returncode} {run.stdout} {run.stderr}")


with Server() as server, tempfile.TemporaryDirectory() as folder:
    # Every fifth place; the process kills itself there.
    place, killed = 1, 0
    server.database("places")
    while (run := export("places", case, RAIREKI_FAILPOINT=str(place))).returncode == -signal.SIGKILL:
        killed += 1
        place += 5
    server.database("once")
    while export("once", case, RAIREKI_FAILPOINT="9").returncode == -signal.SIGKILL:
        killed += 1
    check("killed at places", "places", case)
    check("killed again and again", "once", case)
    generator = random.Random(7)
    begun = time.monotonic()
    server.database("timed")
    export("timed", case)
    duration = time.monotonic() - begun
    for number in range(6):
        server.database(f"random{number}")
        process = subprocess.Popen([raireki, "export", "--postgresql", server.url(f"random{number}"), "--case", case],
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(generator.uniform(0, duration))
        process.kill()
        process.wait()
        for _ in range(50):
            # The server may still have to notice that the other side is gone.
            run = export(f"random{number}", case)
            if "at work" not in run.stderr:
                break
            time.sleep(0.1)
        expect("after a kill", run, 0, "")
        check("killed at random", f"random{number}", case)
    summary.append(f"killed {killed} times at places, 6 at random")

    # A case that grew is brought up to date, and an older state is not put over it.
    grown = f"{folder}/grown.raireki"
    shutil.copy(case, grown)
    subprocess.run([raireki, "distrust", "add", "--user", "mallory", "--reason", "left", "--case", grown], check=True,
                   capture_output=True)
    expect("grown", export("timed", grown), 0, "were there")
    check("grown", "timed", grown)
    expect("grown again", export("timed", grown), 0, "unchanged")
    expect("older", export("timed", case), 2, "did not go")
    check("older refused", "timed", grown)
    expect("older, forced", export("timed", case, "--replace"), 0, "copied")
    check("older, forced", "timed", case)
    forked = f"{folder}/forked.raireki"
    shutil.copy(case, forked)
    subprocess.run([raireki, "distrust", "add", "--user", "trent", "--reason", "fork", "--case", forked], check=True,
                   capture_output=True)
    export("timed", grown)
    expect("forked", export("timed", forked), 2, "did not go")

    # A table of several parts; a change in its second one, and a row less.
    large = f"{folder}/large.raireki"
    shutil.copy(case, large)
    with sqlite3.connect(large) as connection:
        connection.execute("""WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 250000)
            INSERT INTO claim (subject, speaker, key, value, readFrom, pointer)
            SELECT 'sha256:' || i, 'label', 'key', 'value ' || i, 'sha256:', '/' FROM n""")
    connection.close()
    server.database("large")
    for place in ["7", "9"]:
        run = export("large", large, RAIREKI_FAILPOINT=place)
        if run.returncode != -signal.SIGKILL:
            failures.append(f"large: not killed at {place}")
    expect("large", export("large", large), 0, "were there")
    check("large", "large", large)
    with sqlite3.connect(large) as connection:
        connection.execute("UPDATE claim SET value = 'other' WHERE id = (SELECT max(id) - 100000 FROM claim)")
        connection.execute("DELETE FROM claim WHERE id = (SELECT max(id) FROM claim)")
    connection.close()
    expect("large, changed", export("large", large), 0, "were there")
    check("large, changed", "large", large)
    with sqlite3.connect(large) as connection:
        connection.execute("DELETE FROM claim WHERE id > 100000")
    connection.close()
    export("large", large)
    check("large, shrunk", "large", large)

    # What no server can help.
    server.database("latin", encoding="LATIN1")
    expect("encoding", export("latin", case), 2, "LATIN1, not UTF8")
    expect("no server", subprocess.run(
        [raireki, "export", "--postgresql", "postgresql://u:s3cret@localhost:1/x?password=s3cret", "--case", case],
        capture_output=True, text=True), 2, "no connection to localhost:1/x")
    for address in ["postgresql://u:s3cret@localhost:1/x?nonsense=s3cret", "postgresql://u:s3cret@[::1/x",
                    "mysql://u:s3cret@localhost/x", "host=localhost password=s3cret", ""]:
        run = subprocess.run([raireki, "export", "--postgresql", address, "--case", case], capture_output=True, text=True)
        expect(address, run, 2, "is not understood")
        if "s3cret" in run.stdout + run.stderr:
            failures.append(f"a password is told: {run.stderr}")
    server.psql("-c", "UPDATE raireki.export_format SET digest = 'other'", database="timed")
    expect("other version", export("timed", case), 2, "another version")
    # Made by an administrator beforehand, for a user who may not make tables.
    server.database("granted")
    schema = subprocess.run([raireki, "export", "--print-schema", "postgresql"], capture_output=True, text=True).stdout
    with open(f"{folder}/schema.sql", "w") as file:
        file.write(schema)
    server.psql("-f", f"{folder}/schema.sql", database="granted")
    server.psql("-c", "CREATE ROLE analyst LOGIN", "-c", "GRANT USAGE ON SCHEMA raireki TO analyst", "-c",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA raireki TO analyst", database="granted")
    run = subprocess.run([raireki, "export", "--case", case, "--postgresql",
                          server.url("granted").replace("raireki@", "analyst@")], capture_output=True, text=True)
    expect("granted", run, 0, "copied")
    check("granted", "granted", case)
    run = subprocess.run([raireki, "export", "--case", case, "--postgresql",
                          server.url("latin").replace("raireki@", "nobody@")], capture_output=True, text=True)
    expect("unknown user", run, 2, "no connection")
finish(summary, failures)
