"""A PostgreSQL server of one's own, on a socket in a folder of its own, gone when the block ends."""
import glob
import os
import pwd
import shutil
import subprocess
import tempfile


class Server:
    def __enter__(self):
        self.bin = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        self.folder = tempfile.mkdtemp(prefix="rk", dir="/tmp")
        # The server refuses to run as root.
        self.user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        if self.user:
            os.chmod(self.folder, 0o755)
            os.chown(self.folder, pwd.getpwnam("postgres").pw_uid, -1)
        self.run(f"{self.bin}/initdb", "-D", f"{self.folder}/data", "-A", "trust", "-U", "raireki", "-E", "UTF8",
                 "--locale=C.UTF-8", "--no-sync")
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off -c max_wal_size=4GB -p 5432"
        self.run(f"{self.bin}/pg_ctl", "-D", f"{self.folder}/data", "-o", options, "-l", f"{self.folder}/log", "-w",
                 "start")
        self.database("cases")
        return self

    def __exit__(self, *_):
        subprocess.run(self.user + [f"{self.bin}/pg_ctl", "-D", f"{self.folder}/data", "-m", "immediate", "-w", "stop"],
                       stdout=subprocess.DEVNULL, check=False, cwd="/")
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *words):
        subprocess.run(self.user + list(words), stdout=subprocess.DEVNULL, check=True, cwd="/")

    def database(self, name, encoding="UTF8"):
        self.run(f"{self.bin}/createdb", "-h", self.folder, "-U", "raireki", "-E", encoding, "-T", "template0", "-l",
                 "C", name)

    def url(self, database="cases"):
        return f"postgresql://raireki@/{database}?host={self.folder}"

    def psql(self, *words, database="cases"):
        """What psql prints as CSV, of rows in which NULL is told from empty text."""
        environment = os.environ | {"PGOPTIONS": "-c search_path=raireki -c bytea_output=hex"}
        return subprocess.run(["psql", "-X", "-q", "--csv", "-v", "ON_ERROR_STOP=1", "-P", "null=\x01NULL", *words,
                               self.url(database)], env=environment, check=True, capture_output=True, text=True).stdout
