import asyncio

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.context import get_run_context


@task
def leaf(name: str):
    create_markdown_artifact(name, key=f"subflows-{name}")


@flow(name="subflows-inner")
def inner(name: str):
    leaf(name)
    return name


@flow(name="subflows-inner-async")
async def inner_async(name: str):
    return await asyncio.sleep(0, name)


@flow(name="subflows-failing")
def inner_failing():
    raise ValueError("the inner flow fails")


@flow(name="subflows")
def subflows():
    names = [inner("one"), inner("two"), asyncio.run(inner_async("three"))]
    failed = inner_failing(return_state=True)
    return {"run": str(get_run_context().flow_run.id), "names": names, "failed": failed.type.value}


def run():
    return subflows()
