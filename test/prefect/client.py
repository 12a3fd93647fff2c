"""What a user of Prefect writes, run by the tests against a running server.

Usage: python client.py outside | flow | documents
Prints one line of JSON: what Prefect gave.
"""

import asyncio
import json
import sys

from prefect import flow, get_run_logger, tags, task
from prefect.artifacts import (
    Artifact,
    create_image_artifact,
    create_link_artifact,
    create_markdown_artifact,
    create_progress_artifact,
    create_table_artifact,
    update_progress_artifact,
)
from prefect.client.orchestration import get_client
from prefect.context import get_run_context


def outside():
    ids = {
        "markdown": create_markdown_artifact("# Héllo", key="out-markdown", description="said"),
        "table": create_table_artifact([{"a": 1, "b": None}], key="out-table"),
        "link": create_link_artifact("https://example.org", "there", key="out-link"),
        "image": create_image_artifact("https://example.org/a.png", key="out-image"),
        "keyless": create_markdown_artifact("no key"),
    }
    progress = create_progress_artifact(0.0, key="out-progress")
    update_progress_artifact(progress, 55.5, description="half")
    first, made = Artifact.get_or_create(key="out-once", type="json", data={"x": 1})
    again, made_again = Artifact.get_or_create(key="out-once", data={"x": 2})
    return {
        "ids": {name: str(id) for name, id in ids.items()},
        "progress": Artifact.get("out-progress").data,
        "once": [made, made_again, str(first.id) == str(again.id)],
        "none": Artifact.get("Not A Key"),
    }


@task(tags=["slow"])
def load(part: int):
    create_table_artifact([[part]], key=f"flow-part-{part}")
    get_run_logger().info("loaded %s", part)
    return str(get_run_context().task_run.id)


@flow(name="inner")
async def inner():
    await create_markdown_artifact("inside", key="flow-inner")


@flow(name="etl")
def etl(parts: int):
    progress = create_progress_artifact(0.0, key="flow-progress")
    tasks = [load(0)] + [future.result() for future in [load.submit(part) for part in range(1, parts)]]
    update_progress_artifact(progress, 100.0)
    asyncio.run(inner())
    return {"run": str(get_run_context().flow_run.id), "tasks": tasks}


@flow(name="broken")
def broken():
    create_markdown_artifact("before the end", key="flow-broken")
    raise ValueError("as it should")


def flows():
    with tags("nightly"):
        done = etl(3)
    state = broken(return_state=True)
    return {**done, "broken": state.type.value}


def documents():
    async def ask():
        async with get_client() as client:
            id = await client.create_flow_from_name("deployed")
            stored = {"parameters": {"n": 7, "m": 2}, "entrypoint": "flows.py:f", "path": "."}
            schema = {"type": "object", "properties": {"n": {"type": "integer"}, "m": {"type": "integer"}}}
            stored["parameter_openapi_schema"] = schema
            deployment = await client.create_deployment(flow_id=id, name="nightly", tags=["a"], version="1")
            again = await client.create_deployment(flow_id=id, name="nightly", tags=["b"], version="2", **stored)
            run = await client.create_flow_run_from_deployment(deployment, parameters={"n": 1})
            due = await client.get_scheduled_flow_runs_for_deployments([deployment])
            found = await client.read_deployment_by_name("deployed/nightly")
            runs = await client.read_flow_runs()
            return {
                "deployment": str(found.id) == str(deployment) == str(again),
                "changed": [found.version, found.tags],
                "stored": {name: getattr(found, name) == value for name, value in stored.items()},
                "due": [each.id for each in due] == [run.id],
                "run": [str(run.flow_id) == str(id), run.state.type.value, run.parameters],
                "runs": [each.name for each in runs if each.id == run.id] == [run.name],
            }

    return asyncio.run(ask())


print(json.dumps({"outside": outside, "flow": flows, "documents": documents}[sys.argv[1]]()))
