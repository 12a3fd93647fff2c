from prefect import flow, task
from prefect.artifacts import create_markdown_artifact


@task
def steps():
    create_markdown_artifact("# Task", key="limited-task")


@flow(name="limited-inner")
def inner():
    create_markdown_artifact("# Inner", key="limited-inner")


@flow(name="limited")
def limited():
    steps()
    inner()
    try:
        create_markdown_artifact("# Outside", key="outside")
    except Exception as error:
        return "403 Forbidden" in str(error)


def run():
    return limited()
