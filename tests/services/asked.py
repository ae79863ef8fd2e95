"""Functions of the tests that run where a site runs: `python -m tests.services.asked` with the site's environment.

Each line of input is `["module", "function", [arguments]]` in JSON; the answer is one line of JSON. Django takes
seconds to start, so the process stays for the next question.
"""

import contextlib
import importlib
import json
import subprocess
import sys

from .commands import ROOT, environment
from .processes import end


class Asked:
    """Asks a process of its own, which starts with the first question; `log` gets what it says beside its answers."""

    def __init__(self, settings, log):
        self._settings, self._log, self._process = settings, log, None

    def __call__(self, function, *arguments):
        """What the function returned there. Arguments and answer are what JSON can say."""
        self._process = self._process or self._start()
        question = [function.__module__, function.__name__, arguments]
        self._process.stdin.write(json.dumps(question) + "\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, f"{question}:\n{self._log.read_text()}"
        return json.loads(answer)

    def _start(self):
        with open(self._log, "ab") as output:
            return subprocess.Popen(
                [sys.executable, "-m", "tests.services.asked"],
                cwd=ROOT,
                env=environment(**self._settings) | {"DJANGO_SETTINGS_MODULE": "learning.settings.local"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=output,
                text=True,
            )

    def close(self):
        if self._process:
            self._process.stdin.close()
            self._process.stdout.close()
            end(self._process)


def main():
    import django

    django.setup()
    answers = sys.stdout
    # What a function prints is no answer.
    with contextlib.redirect_stdout(sys.stderr):
        for line in sys.stdin:
            module, name, arguments = json.loads(line)
            answer = getattr(importlib.import_module(module), name)(*arguments)
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
