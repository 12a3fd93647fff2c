from prefect import flow, task
from prefect.artifacts import create_markdown_artifact

attempts = []


@task(retries=2, retry_delay_seconds=0)
def unsteady():
    attempts.append(1)
    if len(attempts) < 3:
        raise ValueError("not yet")
    create_markdown_artifact("third time", key="task-retries")
    return len(attempts)


@flow(name="task-retries")
def task_retries():
    return unsteady()


def run():
    return task_retries()
