"""Exports cases as JSON Lines and has Spark, as a cluster of two workers on this machine, compare row by row.
   spark.py RAIREKI CASE...        (with the Python that has pyspark)"""
import os
import re
import subprocess
import sys
import tempfile

import pyspark
from pyspark.sql import SparkSession

import questions
from reference import Reference, compare, finish

raireki, cases = sys.argv[1], sys.argv[2:]
reference, failures, summary = Reference(cases), [], []
os.environ["SPARK_HOME"] = os.path.dirname(pyspark.__file__)
with tempfile.TemporaryDirectory() as folder:
    os.mkdir(f"{folder}/exports")
    for number, case in enumerate(cases):
        for expected in ["written", "unchanged"]:
            run = subprocess.run([raireki, "export", "--jsonl", f"{folder}/exports/{number}", "--case", case],
                                 capture_output=True, text=True)
            if run.returncode not in (0, 1) or not run.stdout.startswith(expected):
                failures.append(f"{case}: {expected}? {run.stdout} {run.stderr}")
    os.environ["SPARK_LOCAL_DIRS"] = os.environ["SPARK_WORKER_DIR"] = folder
    spark = (SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
             .config("spark.sql.shuffle.partitions", "2").config("spark.executor.memory", "768m")
             .config("spark.sql.warehouse.dir", f"{folder}/warehouse").config("spark.log.level", "ERROR")
             .config("spark.ui.showConsoleProgress", "false").getOrCreate())
    schema = subprocess.run([raireki, "export", "--print-schema", "spark"], check=True, capture_output=True, text=True)
    for statement in re.sub(r"(?m)^--.*\n", "", schema.stdout).split(";\n"):
        if statement.strip():
            spark.sql(statement.replace("/exports/*", f"{folder}/exports/*"))
    total = 0
    for table, columns in reference.tables.items():
        binary = {"certificate": ["der"], "content": ["bytes"], "file_content": ["digest"], "file_detail": ["value"],
                  "git_object": ["bytes"], "git_history": ["parents"], "table_sum": ["hash", "sections"]}.get(table, [])
        shown = [f"lower(hex(unbase64({name})))" if name in binary else name for name in columns]
        found = [tuple(row) for row in spark.sql(f"SELECT {', '.join(shown)} FROM {table}").collect()]
        total += compare(table, found, reference.rows(table), failures)
    summary.append(f"tables: {len(reference.tables)}, rows: {total}")
    asked = questions.arguments(reference)
    for name in questions.names(raireki):
        sql, rows = questions.text(raireki, name, "spark"), 0
        # Each takes seconds: what differs in the parameters alone is asked of PostgreSQL.
        for parameters in asked[name][:2]:
            found = [tuple(row) for row in spark.sql(sql, args=parameters).collect()]
            rows += compare(f"{name} {parameters}", found, reference.ask(sql, parameters), failures)
        summary.append(f"{name}: asked {len(asked[name][:2])} times, {rows} rows")
    spark.stop()
finish(summary, failures)
