"""Whether every row of an export fits its table's JSON Schema, and the manifest counts right.
   schemas.py FOLDER"""
import hashlib
import json
import sys

from jsonschema import Draft202012Validator

folder = sys.argv[1]
manifest = json.load(open(f"{folder}/manifest.json"))
failures = 0
for table in manifest["tables"]:
    schema = json.load(open(f"{folder}/{table['schema']}"))
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema)
    rows = 0
    for file in table["files"]:
        data = open(f"{folder}/{file['path']}", "rb").read()
        assert hashlib.sha256(data).hexdigest() == file["sha256"], file
        for number, line in enumerate(data.split(b"\n")[:-1]):
            row = json.loads(line)
            assert row["ordinal"] == rows, (table["name"], rows)
            rows += 1
            for error in validator.iter_errors(row):
                failures += 1
                print(table["name"], number, error.message[:200])
    assert rows == table["rows"], table["name"]
sys.exit(1 if failures else 0)
