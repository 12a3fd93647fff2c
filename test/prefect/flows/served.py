"""Serves a flow until it is interrupted, or starts a run of it: python served.py serve | start."""

import sys

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.deployments import run_deployment


@flow(name="served", log_prints=True)
def served(n: int):
    """Prints a number."""
    print(f"N is {n}")
    create_markdown_artifact(f"N is {n}", key="served-result")


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        served.serve(name="dep", parameters={"n": 7}, tags=["eu"])
    else:
        run = run_deployment("served/dep", parameters={"n": 4}, timeout=60, poll_interval=0.5)
        print(run.state.type.value)
