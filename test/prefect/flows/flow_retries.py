from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.context import get_run_context

attempts = []


@task
def part():
    return len(attempts)


@flow(name="flow-retries", retries=2, retry_delay_seconds=1)
def flow_retries():
    attempts.append(1)
    part()
    if len(attempts) < 3:
        raise ValueError("not yet")
    create_markdown_artifact("third time", key="flow-retries")
    return str(get_run_context().flow_run.id)


@flow(name="flow-retries-exhausted", retries=1)
def exhausted():
    attempts.append(1)
    raise ValueError("never")


def run():
    run_id, tries = flow_retries(), len(attempts)
    attempts.clear()
    state = exhausted(return_state=True)
    return {"run": run_id, "attempts": tries, "exhausted": [state.type.value, len(attempts)]}
