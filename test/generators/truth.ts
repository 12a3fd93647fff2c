import type { Artifact } from "#contract/artifact";
import type { Deployment } from "#contract/deployment";
import type { Flow } from "#contract/flow";
import type { FlowRun } from "#contract/flow-run";
import type { TaskRun } from "#contract/task-run";
import type {
  ArtifactFilter,
  DeploymentFilter,
  FlowFilter,
  FlowRunFilter,
  StateCondition,
  TaskRunFilter,
  Where,
} from "#contract/where";
import {
  choice,
  id,
  instant,
  joined,
  key,
  labelled,
  metadata,
  missing,
  number,
  optionalId,
  optionalText,
  passes,
  pattern,
  type Test,
  tags,
  text,
} from "./conditions";
import { type Dataset, groupedByKey } from "./draw";

type Optional<T> = T | null | undefined;

function ofArtifacts(dataset: Dataset, filter: ArtifactFilter): Test<Artifact> {
  const { hasRun } = filter;
  const byKey = groupedByKey(dataset.artifacts);
  const labelsOf = ({ id }: Artifact) => dataset.labels.filter(({ artifactId }) => artifactId === id);
  const authorOf = ({ id }: Artifact) =>
    dataset.actors.find((actor) => actor.id === dataset.authors.get(id))?.name ?? null;
  const tagged = tags(filter.tags);
  const ownerOf = (row: Artifact) => dataset.abouts.find(({ key }) => key === row.key)?.owner;
  const withKeyTags = (row: Artifact) => {
    const about = dataset.abouts.find(({ key }) => key === row.key);
    return { tags: [...row.tags, ...(about?.tags ?? [])] };
  };
  return joined<Artifact>(filter.operator, [
    id((row) => row.id, filter.id),
    key((row) => row.key, filter.key),
    joined("and", [choice((row) => row.type, filter.type), missing((row) => row.type, absent(filter.type?.exists))]),
    id((row) => row.flowRunId, filter.flowRunId),
    id((row) => row.taskRunId, filter.taskRunId),
    hasRun == null ? undefined : (row) => (row.flowRunId !== null || row.taskRunId !== null) === hasRun,
    number((row) => row.version, filter.version),
    number((row) => (row.key === null ? null : (byKey.get(row.key)?.length ?? 0)), filter.versions),
    labelled(labelsOf, filter.label),
    joined("and", [text(authorOf, filter.author), missing(authorOf, absent(filter.author?.exists))]),
    joined("and", [choice(ownerOf, filter.owner), missing(ownerOf, absent(filter.owner?.exists))]),
    tagged && ((row) => tagged(withKeyTags(row))),
    number((row) => row.size, filter.size),
    number((row) => row.rows, filter.rows),
    number((row) => row.number, filter.number),
    joined("and", [
      pattern((row) => row.description, { contains: filter.description?.contains }),
      missing((row) => row.description, absent(filter.description?.exists)),
    ]),
    metadata(filter.metadata),
    instant((row) => row.created, filter.created),
    instant((row) => row.updated, filter.updated),
  ]);
}

function absent(exists: Optional<boolean>): Optional<boolean> {
  return exists == null ? exists : !exists;
}

function ofState<Row extends FlowRun | TaskRun>(condition: Optional<StateCondition>): Test<Row> {
  const { operator, type, name } = condition ?? {};
  return joined(operator, [choice((row) => row.state?.type, type), choice((row) => row.state?.name, name)]);
}

function ofFlowRuns(dataset: Dataset, filter: FlowRunFilter): Test<FlowRun> {
  const { createdBy, parentFlowRunId } = filter;
  const parents = id<TaskRun>((row) => row.flowRunId, parentFlowRunId);
  return joined<FlowRun>(filter.operator, [
    id((row) => row.id, filter.id),
    text((row) => row.name, filter.name),
    tags(filter.tags),
    id((row) => row.flowId, filter.flowId),
    optionalId((row) => row.deploymentId, filter.deploymentId),
    optionalText((row) => row.workQueueName, filter.workQueueName),
    ofState(filter.state),
    choice((row) => row.flowVersion, filter.flowVersion),
    instant(
      (row) => row.startTime ?? row.expectedStartTime,
      filter.startTime,
      (row) => row.startTime,
    ),
    instant((row) => row.endTime, filter.endTime),
    instant((row) => row.expectedStartTime, filter.expectedStartTime),
    instant((row) => row.nextScheduledStartTime, filter.nextScheduledStartTime),
    parents && ((row) => dataset.taskRuns.some((parent) => parent.id === row.parentTaskRunId && parents(parent))),
    optionalId((row) => row.parentTaskRunId, filter.parentTaskRunId),
    choice((row) => row.idempotencyKey, filter.idempotencyKey),
    joined<FlowRun>(createdBy?.operator, [
      id((row) => row.createdBy?.id, { any: createdBy?.id }),
      choice((row) => row.createdBy?.type, { any: createdBy?.type }),
      missing((row) => row.createdBy, createdBy?.isNull),
    ]),
  ]);
}

function ofTaskRuns(dataset: Dataset, filter: TaskRunFilter): Test<TaskRun> {
  const children = filter.subflowRuns?.exists;
  return joined<TaskRun>(filter.operator, [
    id((row) => row.id, filter.id),
    text((row) => row.name, filter.name),
    tags(filter.tags),
    ofState(filter.state),
    instant((row) => row.startTime, filter.startTime),
    instant((row) => row.endTime, filter.endTime),
    instant((row) => row.expectedStartTime, filter.expectedStartTime),
    children == null ? undefined : (row) => dataset.flowRuns.some((run) => run.parentTaskRunId === row.id) === children,
    optionalId((row) => row.flowRunId, filter.flowRunId),
  ]);
}

function ofDeployments(dataset: Dataset, filter: DeploymentFilter): Test<Deployment> {
  const named = pattern<{ name: string }>((row) => row.name, filter.flowOrDeploymentName);
  const paused = filter.paused?.eq;
  return joined<Deployment>(filter.operator, [
    id((row) => row.id, filter.id),
    text((row) => row.name, filter.name),
    id((row) => row.flowId, filter.flowId),
    named && ((row) => named(row) || dataset.flows.some((flow) => flow.id === row.flowId && named(flow))),
    paused == null ? undefined : (row) => row.paused === paused,
    tags(filter.tags),
    choice((row) => row.workQueueName, filter.workQueueName),
    number((row) => row.concurrencyLimit, filter.concurrencyLimit),
  ]);
}

function ofFlows(dataset: Dataset, filter: FlowFilter): Test<Flow> {
  const undeployed = filter.deployment?.isNull;
  return joined<Flow>(filter.operator, [
    id((row) => row.id, filter.id),
    text((row) => row.name, filter.name),
    tags(filter.tags),
    undeployed == null
      ? undefined
      : (row) => !dataset.deployments.some(({ flowId }) => flowId === row.id) === undeployed,
  ]);
}

/** The rows of a dataset that match by the contract, for the filters that each list accepts. */
export function truth(dataset: Dataset, where: Where) {
  const { artifacts, flowRuns, taskRuns, deployments, flows } = where;
  const meant = {
    artifact: ofArtifacts(dataset, artifacts ?? {}),
    flowRun: ofFlowRuns(dataset, flowRuns ?? {}),
    taskRun: ofTaskRuns(dataset, taskRuns ?? {}),
    deployment: ofDeployments(dataset, deployments ?? {}),
    flow: ofFlows(dataset, flows ?? {}),
  };
  const named = <Row extends { id: string }>(rows: Row[], id: string | null, test: (row: Row) => boolean) =>
    rows.some((row) => row.id === id && test(row));
  const flow = (row: Flow) => passes(meant.flow, row);
  const ofFlow = (row: { flowId: string }) => !flows || named(dataset.flows, row.flowId, flow);
  const deployment = (row: Deployment) => passes(meant.deployment, row);
  const flowRun = (row: FlowRun) =>
    passes(meant.flowRun, row) &&
    ofFlow(row) &&
    (!deployments || named(dataset.deployments, row.deploymentId, deployment));
  const ofFlowRun = (row: { flowRunId: string | null }) =>
    !(flowRuns || deployments || flows) || named(dataset.flowRuns, row.flowRunId, flowRun);
  const taskRun = (row: TaskRun) => passes(meant.taskRun, row);
  return {
    flow,
    deployment: (row: Deployment) => deployment(row) && ofFlow(row),
    flowRun,
    taskRun: (row: TaskRun) => taskRun(row) && ofFlowRun(row),
    artifact: (row: Artifact) =>
      passes(meant.artifact, row) && ofFlowRun(row) && (!taskRuns || named(dataset.taskRuns, row.taskRunId, taskRun)),
  };
}
