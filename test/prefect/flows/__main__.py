"""Runs flows one after another against a server, as people write them.

Usage: python test/prefect/flows NAME…
Prints one line of JSON for each, with what the flow gave, and its name to stderr before.
"""

import importlib
import json
import sys

for name in sys.argv[1:]:
    print(f"=== {name}", file=sys.stderr, flush=True)
    print(json.dumps([name, importlib.import_module(name).run()]), flush=True)
print("=== end", file=sys.stderr, flush=True)
