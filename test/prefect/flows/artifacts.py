import asyncio

from prefect import flow, task
from prefect.artifacts import (
    Artifact,
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)


@task
def steps():
    progress = create_progress_artifact(0.0, key="artifacts-progress", description="Steps")
    for done in (25.0, 50.0, 100.0):
        update_progress_artifact(progress, done)


@flow(name="artifacts")
def artifacts():
    create_markdown_artifact("# Title", key="artifacts-markdown", description="With a *description*")
    create_table_artifact([{"a": 1, "b": 2.5}, {"a": None}], key="artifacts-table")
    create_table_artifact({"a": [1, 2]}, key="artifacts-columns")
    create_link_artifact("https://example.org", "Example", key="artifacts-link")
    create_image_artifact("https://example.org/a.png", key="artifacts-image")
    steps()


async def latest(key: str):
    return (await Artifact.get(key)).data


def run():
    artifacts()
    return asyncio.run(latest("artifacts-progress"))
