from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.context import get_run_context


@task
def piece(part: int):
    create_markdown_artifact(str(part), key=f"fifty-{part:02}")


@flow(name="fifty")
def fifty():
    for future in [piece.submit(part) for part in range(50)]:
        future.result()
    return str(get_run_context().flow_run.id)


def run():
    return fifty()
