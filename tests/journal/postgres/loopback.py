"""A PostgreSQL server on this machine, started from the distribution's package, and a store on it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from core.journal.day_files.file_store import FileStore
from core.journal.postgres.address import URL
from core.journal.postgres.postgres_store import PostgresStore
from core.journal.postgres.server import server_at
from tests.journal.moving import move

ACCESS = """
local all all trust
host all postgres 127.0.0.1/32 trust
host all all 127.0.0.1/32 scram-sha-256
"""
"""The administrator needs no password; everybody else does."""
SETTINGS = """
listen_addresses = '127.0.0.1'
fsync = off
max_connections = 60
shared_buffers = 16MB
max_wal_size = 256MB
logging_collector = off
"""


def programs() -> Path:
    """Return the folder of the newest PostgreSQL there is."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: int(one.parent.name))
    if not found:
        raise FileNotFoundError("PostgreSQL is not installed; run: sudo tests/e2e_setup.sh")
    return found[-1]


class LoopbackServer:
    """A server on 127.0.0.1 that can be stopped and started again."""

    def __init__(self) -> None:
        self.user = "postgres" if os.geteuid() == 0 else None
        """A server never runs as root."""
        self.folder = Path(tempfile.mkdtemp(prefix="shopday-postgres-", dir="/tmp"))
        if self.user:
            shutil.chown(self.folder, self.user)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.data = self.folder / "data"
        self.running = False
        self._run(
            "initdb", "-N", "-E", "UTF8", "--locale=C", "-U", "postgres", "-A", "trust", "-D", self.data
        )
        (self.data / "pg_hba.conf").write_text(ACCESS)
        with (self.data / "postgresql.conf").open("a") as file:
            file.write(f"{SETTINGS}port = {self.port}\nunix_socket_directories = '{self.folder}'\n")
        self.start()
        self.sql("CREATE ROLE shopday LOGIN PASSWORD 'secret'")
        self.sql("CREATE DATABASE shops OWNER shopday")

    def start(self) -> None:
        """Start it if it is stopped, and wait until it answers."""
        if self.running:
            return
        self._run("pg_ctl", "-D", self.data, "-l", self.folder / "log", "-w", "-t", "60", "start")
        self.running = True

    def start_with_small_disk(self, kilobytes: int) -> Path:
        """Start it with a folder on a disk of its own that is soon full; only root can do that."""
        small = self.folder / "small"
        small.mkdir(exist_ok=True)
        shutil.chown(small, self.user or "postgres")
        mount = f"mount -t tmpfs -o size={kilobytes}k,uid={small.stat().st_uid},mode=700 none {small}"
        start = f"{programs() / 'pg_ctl'} -D {self.data} -l {self.folder / 'log'} -w -t 60 start"
        command = ["unshare", "--mount", "sh", "-c", f"{mount} && exec runuser -u {self.user} -- {start}"]
        subprocess.run(command, check=True, cwd=self.folder, stdout=subprocess.DEVNULL)
        self.running = True
        return small

    def certify(self, name: str) -> Path:
        """Give it a certificate signed by itself for a host of this name, used from the next start."""
        key, certificate = self.data / "server.key", self.data / "server.crt"
        names = ("-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}")
        self._run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names,
                  "-keyout", key, "-out", certificate)  # fmt: skip
        self._run("chmod", "600", key)
        with (self.data / "postgresql.conf").open("a") as file:
            file.write("ssl = on\n")
        copy = self.folder / "root.crt"
        shutil.copy(certificate, copy)
        copy.chmod(0o644)
        return copy

    def stop(self, mode: str = "fast") -> None:
        """Stop it; connections are cut off."""
        self._run("pg_ctl", "-D", self.data, "-m", mode, "-w", "-t", "60", "stop")
        self.running = False

    def remove(self) -> None:
        """Stop it and delete what it kept."""
        if self.running:
            self.stop("immediate")
        shutil.rmtree(self.folder)

    def url(self, user: str = "shopday", password: str = "secret", database: str = "shops") -> str:  # noqa: S107
        """Return its address."""
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """Do it as the administrator, and return what psql prints."""
        words = ("-h", self.folder, "-p", self.port, "-U", "postgres", "-d", database, "-X", "-A", "-t")
        return self._run("psql", *words, "-v", "ON_ERROR_STOP=1", "-c", statement).strip()

    def wait_for_clients(self, number: int) -> None:
        """Wait until so many clients are connected to the shops."""
        end = time.monotonic() + 10
        while int(self.sql("SELECT count(*) FROM pg_stat_activity WHERE datname = 'shops'")) != number:
            assert time.monotonic() < end
            time.sleep(0.05)

    def _run(self, program: str, *words: object) -> str:
        found = programs() / program
        command = [str(found if found.exists() else program), *map(str, words)]
        done = subprocess.run(
            command, user=self.user, cwd=self.folder, text=True, check=False, stderr=subprocess.STDOUT,
            stdout=subprocess.PIPE if program == "psql" else subprocess.DEVNULL,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stdout)
        return done.stdout or ""


class LoopbackStore(PostgresStore):
    """The journal of the shop in this folder, on the server that the tests started.

    Where the folder has day files, from a backup or because a test began with them, they are taken over.
    """

    def __init__(self, shop_folder: Path) -> None:
        super().__init__(server_at(os.environ[URL]), str(shop_folder.resolve()), shop_folder)
        if (shop_folder / "journal").is_dir() and not self.years():
            move(FileStore(shop_folder), self)
