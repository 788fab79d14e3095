"""Copies cases into a PostgreSQL server and compares what is there, row by row, with the cases themselves: every table,
every question's answer, and where a command answers the same, its answer.
   postgresql.py RAIREKI CASE..."""
import subprocess
import sys
import tempfile

import commands
import questions
from reference import Reference, compare, finish, read_csv
from server import Server

raireki, cases = sys.argv[1], sys.argv[2:]
reference, failures, summary = Reference(cases), [], []
with Server() as server, tempfile.NamedTemporaryFile("w", suffix=".sql") as file:
    for case in cases:
        for expected in ["copied", "unchanged"]:
            run = subprocess.run([raireki, "export", "--postgresql", server.url(), "--case", case], capture_output=True,
                                 text=True)
            if run.returncode not in (0, 1) or not run.stdout.startswith(expected):
                failures.append(f"{case}: {expected}? {run.stdout} {run.stderr}")
    total = 0
    for table, columns in reference.tables.items():
        hexadecimal = server.psql("-c", f"""SELECT column_name FROM information_schema.columns WHERE data_type = 'bytea'
            AND table_schema = 'raireki' AND table_name = '{table}'""").split()[1:]
        shown = [f"encode({name}, 'hex')" if name in hexadecimal else name for name in columns]
        found = read_csv(server.psql("-c", f"SELECT {', '.join(shown)} FROM {table} ORDER BY case_id, ordinal"))
        total += compare(table, found, reference.rows(table), failures)
    summary.append(f"tables: {len(reference.tables)}, rows: {total}")
    asked = questions.arguments(reference)
    for name in questions.names(raireki):
        sql, rows = questions.text(raireki, name, "postgresql"), 0
        file.seek(0)
        file.truncate()
        file.write(sql)
        file.flush()
        for parameters in asked[name]:
            values = [word for key, value in parameters.items() for word in ("-v", f"{key}={value}")]
            found = read_csv(server.psql(*values, "-f", file.name))
            expected = reference.ask(questions.text(raireki, name, "spark"), parameters)
            rows += compare(f"{name} {parameters}", found, expected, failures)
        summary.append(f"{name}: asked {len(asked[name])} times, {rows} rows")
    # With one case in the database, the same as the commands say.
    counts = {}
    for name, parameters, columns, expected in commands.answers(raireki, cases[0], asked) if len(cases) == 1 else []:
        cursor = reference.connection.execute(questions.text(raireki, name, "spark"), parameters)
        places = [[column[0] for column in cursor.description].index(column) for column in columns]
        found = {tuple(None if row[place] is None else str(row[place]) for place in places) for row in cursor}
        compare(f"command {name} {parameters}", found, expected, failures)
        counts[name] = counts.get(name, 0) + len(expected)
    summary += [f"command {name}: {count} rows" for name, count in counts.items()]
finish(summary, failures)
