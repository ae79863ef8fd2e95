"""A demo site in a folder of its own, as people run it: other processes, real commits, a real port."""

import contextlib
import shutil
import sys
from dataclasses import dataclass, field
from pathlib import Path

from .asked import Asked
from .commands import ROOT, environment, manage
from .processes import answers, free_port, running


@dataclass
class Site:
    """`database` is a DATABASE_URL, or "" for the SQLite file in the home."""

    home: Path
    database: str = ""
    port: int = field(default_factory=free_port)
    # Settings that this one differs by.
    more: dict = field(default_factory=dict)

    @property
    def url(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def settings(self):
        values = {"GATEHOUSE_HOME": self.home, "PORT": self.port}
        return values | ({"DATABASE_URL": self.database} if self.database else {}) | self.more

    def manage(self, *arguments):
        """What the command printed."""
        process = manage(*arguments, **self.settings)
        assert process.returncode == 0, f"manage.py {arguments}:\n{process.stdout}{process.stderr}"
        return process.stdout

    def prepare(self):
        """Migrated, with the starter content and the demo company; what the commands said is kept beside it."""
        for command in ("migrate", "load_starter_content", "demo"):
            said = self.manage(command)
            (self.home / f"{command}.txt").write_text(said)

    def said(self, command):
        """The lines that a command printed when this company was made."""
        return (self.home / f"{command}.txt").read_text().splitlines()

    def copy(self, home, database="", more=None):
        """The same company once more, on a port of its own."""
        shutil.copytree(self.home, home)
        return Site(Path(home), database, more=more or {})

    def ask(self, function, *arguments):
        """What a function of the tests returns when it runs beside the site, while that is serving."""
        return self._asked(function, *arguments)

    @contextlib.contextmanager
    def serving(self):
        command = [sys.executable, "-m", "gunicorn", "-c", "python:learning.gunicorn", "--workers", "1"]
        bind = ["--bind", f"127.0.0.1:{self.port}"]
        options = {"env": environment(**self.settings), "cwd": ROOT}
        options |= {"ready": lambda: answers(self.port), "log": self.home / "web.log"}
        asked = Asked(self.settings, self.home / "asked.log")
        with running(*command, *bind, **options), contextlib.closing(asked) as self._asked:
            yield self
