"""Makes a case of a million files, exports it both ways, and prints the figures; see Tests/benchmarks/export.
   measure.py RAIREKI RUNS"""
import gzip
import hashlib
import io
import json
import os
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time

from server import Server

raireki, runs = sys.argv[1], int(sys.argv[2])


def layout(folder):
    blobs = f"{folder}/blobs/sha256"
    os.makedirs(blobs)

    def put(data):
        name = hashlib.sha256(data).hexdigest()
        with open(f"{blobs}/{name}", "wb") as file:
            file.write(data)
        return {"digest": "sha256:" + name, "size": len(data)}
    plain = io.BytesIO()
    with tarfile.open(fileobj=plain, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for number in range(1_000_000):
            member = tarfile.TarInfo(f"d{number % 400:03}/s{number % 997:03}/file-{number:07}")
            member.mtime = 1_700_000_000 + number
            tar.addfile(member)
    data = plain.getvalue()
    layer = put(gzip.compress(data, 1)) | {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip"}
    diff = "sha256:" + hashlib.sha256(data).hexdigest()
    config = put(json.dumps({"architecture": "amd64", "os": "linux", "config": {},
                             "rootfs": {"type": "layers", "diff_ids": [diff]}}).encode())
    config["mediaType"] = "application/vnd.oci.image.config.v1+json"
    kind = "application/vnd.oci.image.manifest.v1+json"
    image = put(json.dumps({"schemaVersion": 2, "mediaType": kind, "config": config, "layers": [layer]}).encode())
    with open(f"{folder}/index.json", "w") as file:
        json.dump({"schemaVersion": 2, "manifests": [image | {"mediaType": kind}]}, file)
    with open(f"{folder}/oci-layout", "w") as file:
        file.write('{"imageLayoutVersion":"1.0.0"}')


def measure(words, before=lambda: None):
    """The medians of seconds by the clock, and of processor seconds of the program itself; the most memory."""
    walls, cpus, memory = [], [], 0
    for _ in range(runs):
        before()
        with tempfile.NamedTemporaryFile() as file:
            begun = time.monotonic()
            subprocess.run(["/usr/bin/time", "-f", "%U %S %M", "-o", file.name, *words], check=True,
                           stdout=subprocess.DEVNULL)
            walls.append(time.monotonic() - begun)
            user, system, peak = file.read().split()[-3:]
        cpus.append(float(user) + float(system))
        memory = max(memory, int(peak))
    return statistics.median(walls), statistics.median(cpus), memory


def line(name, figures, rows, ratio=None):
    wall, cpu, memory = figures
    print(f"| {name} | {wall:.1f} | {cpu:.1f} | {rows / wall:,.0f} | {memory >> 10} | {ratio or ''} |")


with tempfile.TemporaryDirectory() as work, Server() as server:
    layout(f"{work}/layout")
    case = f"{work}/case.raireki"
    subprocess.run([raireki, "import", f"{work}/layout", "--case", case], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)
    shutil.rmtree(f"{work}/layout")
    out = f"{work}/out"
    document = json.loads(subprocess.run([raireki, "export", "--jsonl", out, "--case", case, "--format", "json"],
                                         check=True, capture_output=True, text=True).stdout)
    rows = document["rows"]
    print(f"{rows:,} rows; {os.path.getsize(case) >> 20} MiB as a case, {document['bytes'] >> 20} MiB as JSON Lines;",
          f"load {os.getloadavg()[0]:.1f} before; medians of {runs}.\n")
    head = "| what | s | processor s | rows a second | MiB | |\n|---|---|---|---|---|---|"
    print(f"## JSON Lines\n\n{head}")
    dump = ["bash", "-c", f"sqlite3 -readonly {case} .dump | gzip -6 | sha256sum"]
    limit = measure(dump)
    own = measure([raireki, "export", "--jsonl", out, "--case", case], lambda: shutil.rmtree(out, ignore_errors=True))
    line("raireki export --jsonl", own, rows, f"{own[0] / limit[0]:.2f} of the time")
    line("sqlite3 .dump, gzip -6, sha256sum", limit, rows)
    line("raireki export --jsonl, nothing new", measure([raireki, "export", "--jsonl", out, "--case", case]), rows)
    line("raireki export --check", measure([raireki, "export", "--check", out]), rows)

    print(f"\n## PostgreSQL\n\n{head}")
    schema = subprocess.run([raireki, "export", "--print-schema", "postgresql"], capture_output=True, text=True).stdout
    with open(f"{work}/schema.sql", "w") as file:
        file.write(schema)

    def fresh():
        server.run(f"{server.bin}/dropdb", "--if-exists", "-h", server.folder, "-U", "raireki", "cases")
        server.database("cases")
        server.psql("-f", f"{work}/schema.sql")
    own = measure([raireki, "export", "--postgresql", server.url(), "--case", case], fresh)
    tables = server.psql("-c", """SELECT table_name FROM information_schema.tables WHERE table_schema = 'raireki'
        AND table_type = 'BASE TABLE' AND table_name NOT LIKE 'file_entry_%' AND table_name NOT LIKE 'export_%'
        """).split()[1:]
    with open(f"{work}/copy.sql", "w") as file:
        for table in tables:
            server.psql("-c", f"\\copy {table} TO '{work}/{table}.csv' (FORMAT csv)")
            file.write(f"\\copy {table} FROM '{work}/{table}.csv' (FORMAT csv)\n")
    again = measure([raireki, "export", "--postgresql", server.url(), "--case", case])
    os.environ["PGOPTIONS"] = "-c search_path=raireki"
    limit = measure(["psql", "-X", "-q", "-f", f"{work}/copy.sql", server.url()], fresh)
    line("raireki export --postgresql", own, rows, f"{own[0] / limit[0]:.2f} of the time")
    line("psql \\\\copy of the same rows as CSV", limit, rows)
    line("raireki export --postgresql, nothing new", again, rows)
