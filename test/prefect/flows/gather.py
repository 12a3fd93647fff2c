import asyncio

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact


@task
async def fetch(part: int) -> int:
    await asyncio.sleep(0.05)
    await create_markdown_artifact(str(part), key=f"gather-{part}")
    return part


@flow(name="gather")
async def gather():
    return sum(await asyncio.gather(*[fetch(part) for part in range(5)]))


def run():
    return asyncio.run(gather())
