import asyncio

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    ArtifactCollectionFilter,
    ArtifactCollectionFilterKey,
    ArtifactFilter,
    ArtifactFilterKey,
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
    FlowRunFilterTags,
)
from prefect.client.schemas.sorting import ArtifactSort, FlowRunSort


@flow(name="reads")
def reads():
    create_markdown_artifact("read me", key="reads")


async def ask():
    async with get_client() as client:
        of_flow = FlowFilter(name=FlowFilterName(any_=["reads"]))
        done = FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=["COMPLETED"])),
            tags=FlowRunFilterTags(is_null_=True),
        )
        runs = await client.read_flow_runs(
            flow_filter=of_flow, flow_run_filter=done, sort=FlowRunSort.START_TIME_DESC, limit=5
        )
        key = ArtifactFilter(key=ArtifactFilterKey(any_=["reads"]))
        found = await client.read_artifacts(artifact_filter=key, flow_run_filter=done, sort=ArtifactSort.CREATED_DESC)
        latest = await client.read_latest_artifacts(
            artifact_filter=ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(like_="read"))
        )
        tasks = await client.read_task_runs(flow_filter=of_flow)
        flow_run = await client.read_flow_run(runs[0].id)
        flows = await client.read_flows(flow_filter=of_flow)
        return {
            "runs": len(runs),
            "artifacts": [artifact.data for artifact in found],
            "latest": [artifact.key for artifact in latest],
            "tasks": len(tasks),
            "state": flow_run.state.name,
            "flows": [each.name for each in flows],
        }


def run():
    reads()
    return asyncio.run(ask())
