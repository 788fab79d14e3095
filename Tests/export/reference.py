"""The same tables out of case files themselves, by Python's sqlite3 alone: nothing of the exporter is used."""
import csv
import hashlib
import io
import re
import sqlite3
import sys

csv.field_size_limit(1 << 30)
RENAMED = {"user": "user_name", "offset": "byte_offset", "trailing": "trailing_bytes"}


def sql_name(name):
    snake = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return RENAMED.get(snake, snake)


def text_form(value):
    """Text, or \\x and digits for what is no text without NUL, or begins with \\x."""
    raw = value if isinstance(value, bytes) else str(value).encode()
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        return "\\x" + raw.hex()
    return "\\x" + raw.hex() if "\0" in text or text.startswith("\\x") else text


class Reference:
    def __init__(self, cases):
        self.connection = sqlite3.connect(":memory:")
        self.connection.execute("PRAGMA case_sensitive_like = ON")
        self.connection.create_function("sha2", 2, lambda text, _: hashlib.sha256(text.encode()).hexdigest())
        self.connection.create_function("octet_length", 1, lambda text: len(str(text).encode()))
        self.connection.create_function("chr", 1, chr)
        self.tables = {}
        for path in cases:
            self.load(path)
        self.connection.execute("""CREATE VIEW file AS
            SELECT e.case_id, e.id AS entry_id, l.digest AS layer, r.first_position + (e.id - r.first_id) AS position,
                p.path, a.kind, a.mode, a.user_id, a.group_id, 'sha256:' || c.digest AS digest, c.size, e.modified,
                k.path AS link
            FROM layer l
            JOIN layer_run r USING (case_id) JOIN file_entry e USING (case_id) JOIN path p USING (case_id)
            JOIN file_attributes a USING (case_id)
            LEFT JOIN file_content c ON c.case_id = e.case_id AND c.id = e.content_id
            LEFT JOIN path k ON k.case_id = e.case_id AND k.id = e.link_id
            WHERE r.layer_id = l.id AND e.id >= r.first_id AND e.id <= r.last_id AND p.id = e.path_id
                AND a.id = e.attributes_id AND l.digest IS NOT NULL""")

        self.connection.execute("""CREATE VIEW image_layer AS
            SELECT DISTINCT case_id, origin AS image, position, ifnull(observed_digest, target) AS layer
            FROM relationship WHERE kind = 'layer'""")

    def load(self, path):
        """Copies a case into memory, in the form in which it is exported."""
        case = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        case.text_factory = bytes
        names = [row[0].decode() for row in case.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name")]
        identity = case.execute("SELECT hash FROM activity WHERE id = 1").fetchone()[0].decode()
        for name in names:
            shape = case.execute(f"SELECT name, type, pk FROM pragma_table_info('{name}')").fetchall()
            columns = [row[0].decode() for row in shape]
            kinds = [row[1].decode() for row in shape]
            key = [columns[i] for i in sorted((i for i in range(len(shape)) if shape[i][2]), key=lambda i: shape[i][2])]
            exported = ["case_id", "ordinal"] + [sql_name(column) for column in columns]
            if sql_name(name) not in self.tables:
                self.tables[sql_name(name)] = exported
                self.connection.execute(f"CREATE TABLE {sql_name(name)} ({', '.join(exported)})")
            quoted = ", ".join(f'"{column}"' for column in columns)
            order = ", ".join(f'"{column}"' for column in key)
            for ordinal, row in enumerate(case.execute(f'SELECT {quoted} FROM "{name}" ORDER BY {order}')):
                values = [identity, ordinal]
                for kind, value in zip(kinds, row):
                    isBytes = kind == "BLOB" or (name == "fileDetail" and not kind)
                    if value is None or kind == "INTEGER":
                        values.append(value)
                    else:
                        values.append(value.hex() if isBytes else text_form(value))
                marks = ", ".join("?" * len(values))
                self.connection.execute(f"INSERT INTO {sql_name(name)} VALUES ({marks})", values)
        case.close()

    def rows(self, table):
        return [tuple(row) for row in self.connection.execute(f"SELECT * FROM {table} ORDER BY case_id, ordinal")]

    def ask(self, sql, parameters):
        """What SQLite answers to a question as Spark gets it."""
        return [tuple(row) for row in self.connection.execute(sql, parameters)]


def plain(rows):
    """Rows as text, so that servers' types do not matter; NULL stays what it is."""
    return [tuple(None if value is None else str(value) for value in row) for row in rows]


def read_csv(text):
    rows = list(csv.reader(io.StringIO(text, newline="")))[1:]
    return [tuple(None if value == "\x01NULL" else value for value in row) for row in rows]


def compare(what, found, expected, failures):
    """Notes where two lists of rows differ, whatever their order."""
    key = lambda row: tuple((value is not None, value or "") for value in row)
    found, expected = sorted(plain(found), key=key), sorted(plain(expected), key=key)
    if found != expected:
        missing = [row for row in expected if row not in found][:2]
        wrong = [row for row in found if row not in expected][:2]
        failures.append(f"{what}: {len(found)} rows instead of {len(expected)}; missing {missing}, too much {wrong}")
    return len(expected)


def finish(summary, failures):
    for line in summary:
        print(line)
    for line in failures:
        print("DIFFERS", line[:2_000])
    sys.exit(1 if failures else 0)
