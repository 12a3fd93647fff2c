"""Runs programs of Prefect's users in forks of one process: importing Prefect takes seconds, a fork does not.

Reads a JSON list from each line of its standard input: a number and the arguments of a program, which are those of the
`prefect` command, or a file and its own. Prints for each that has ended its number, exit code, output and errors.
"""

import fcntl
import importlib
import json
import os
import runpy
import signal
import sys
import tempfile
from contextlib import suppress

import prefect.artifacts
import prefect.client.orchestration
from prefect.cli import app

for name in ["artifact", "concurrency_limit", "deployment", "flow", "flow_run", "variable", "work_pool"]:
    # Versions load their commands by need, from other modules.
    with suppress(ImportError):
        importlib.import_module(f"prefect.cli.{name}")

turn = tempfile.TemporaryFile()
signal.signal(signal.SIGCHLD, signal.SIG_IGN)

for line in sys.stdin:
    if os.fork():
        continue
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    number, *arguments = json.loads(line)
    files = [tempfile.TemporaryFile(), tempfile.TemporaryFile()]
    program = os.fork()
    if program:
        _, status = os.waitpid(program, 0)
        result = [number, os.waitstatus_to_exitcode(status)]
        for file in files:
            file.seek(0)
            result.append(file.read().decode("utf-8", "replace"))
        fcntl.lockf(turn, fcntl.LOCK_EX)
        print(json.dumps(result), flush=True)
        os._exit(0)
    # From here on as if it had been started alone, up to what Python does at its end.
    for number, file in enumerate([open(os.devnull, "rb"), *files]):
        os.dup2(file.fileno(), number)
    sys.argv = arguments
    if arguments[0] == "prefect":
        sys.exit(app())
    runpy.run_path(arguments[0], run_name="__main__")
    sys.exit()
