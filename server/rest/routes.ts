import { z } from "zod";
import * as body from "./body";
import * as filter from "./filter";
import { route } from "./route";
import {
  deploymentByName,
  firstRow,
  flowByName,
  runOfDeployment,
  scheduledRuns,
  streamArtifacts,
  streamCollections,
  updateExistingDeployment,
  withSentData,
} from "./route-inputs";
import * as row from "./row";
import { statistics } from "./statistics";

const { Artifact, ArtifactCollection, Flow, Deployment, FlowRun, TaskRun, Orchestration } = row;
const list = z.array;
const count = z.int().min(0).meta({ description: "How many there are." });
const orchestrated = { response: Orchestration, output: row.toOrchestration };

/** Every route of the Prefect-compatible API under `/api`, with its procedure and status. A trailing slash is optional. */
export const routes = [
  route("POST /artifacts", "artifact.create", 201, {
    summary: "Create an artifact; under an existing key, its next version.",
    body: body.ArtifactCreateBody,
    response: Artifact,
    output: withSentData,
  }),
  route("GET /artifacts/{id}", "artifact.read", 200, { response: Artifact }),
  route("PATCH /artifacts/{id}", "artifact.update", 204, { body: body.ArtifactUpdateBody }),
  route("DELETE /artifacts/{id}", "artifact.remove", 204),
  route("POST /artifacts/filter", "artifact.list", 200, {
    query: filter.ArtifactFilter,
    response: list(Artifact),
    stream: streamArtifacts,
  }),
  route("POST /artifacts/count", "artifact.count", 200, { query: filter.ArtifactCount, response: count }),
  route("GET /artifacts/{key}/latest", "collection.latest", 200, { response: Artifact }),
  route("POST /artifacts/latest/filter", "collection.list", 200, {
    query: filter.LatestFilter,
    response: list(ArtifactCollection),
    stream: streamCollections,
  }),
  route("POST /artifacts/latest/count", "collection.count", 200, { query: filter.LatestCount, response: count }),

  route("POST /flows", "flow.create", 201, { body: body.FlowCreateBody, response: Flow, existingStatus: 200 }),
  route("GET /flows/{id}", "flow.read", 200, { response: Flow }),
  route("GET /flows/name/{name}", "flow.list", 200, {
    operationId: "read_flow_by_name",
    summary: "Read a flow by its name.",
    response: Flow,
    input: flowByName,
    output: firstRow,
  }),
  route("PATCH /flows/{id}", "flow.update", 204, { body: body.FlowUpdateBody }),
  route("DELETE /flows/{id}", "flow.remove", 204),
  route("POST /flows/filter", "flow.list", 200, { query: filter.FlowFilter, response: list(Flow) }),
  route("POST /flows/paginate", "flow.list", 200, {
    operationId: "paginate_flows",
    summary: "List flows that match a filter, by the number of a page.",
    query: filter.FlowPage,
    count: "flow.count",
    response: row.FlowPage,
  }),
  route("POST /flows/count", "flow.count", 200, { query: filter.FlowCount, response: count }),

  route("POST /deployments", "deployment.create", 201, {
    summary: "Create a deployment, or update the existing one of that flow and name.",
    body: body.DeploymentCreateBody,
    response: Deployment,
    existingStatus: 200,
    updateExisting: updateExistingDeployment,
  }),
  route("GET /deployments/{id}", "deployment.read", 200, { response: Deployment }),
  route("GET /deployments/name/{flow}/{name}", "deployment.list", 200, {
    operationId: "read_deployment_by_name",
    summary: "Read a deployment by flow name and deployment name.",
    response: Deployment,
    input: deploymentByName,
    output: firstRow,
  }),
  route("PATCH /deployments/{id}", "deployment.update", 204, { body: body.DeploymentUpdateBody }),
  route("DELETE /deployments/{id}", "deployment.remove", 204),
  route("POST /deployments/filter", "deployment.list", 200, {
    query: filter.DeploymentFilter,
    response: list(Deployment),
  }),
  route("POST /deployments/paginate", "deployment.list", 200, {
    operationId: "paginate_deployments",
    summary: "List deployments that match a filter, by the number of a page.",
    query: filter.DeploymentPage,
    count: "deployment.count",
    response: row.DeploymentPage,
  }),
  route("POST /deployments/count", "deployment.count", 200, { query: filter.DeploymentCount, response: count }),
  route("POST /deployments/{id}/create_flow_run", "flowRun.create", 201, {
    operationId: "create_flow_run_of_deployment",
    summary: "Create a flow run of a deployment, scheduled for now or for the time in its state.",
    query: body.DeploymentRunBody,
    input: runOfDeployment,
    response: FlowRun,
    existingStatus: 200,
  }),
  route("POST /deployments/get_scheduled_flow_runs", "flowRun.list", 200, {
    operationId: "list_scheduled_flow_runs",
    summary: "List the due scheduled flow runs of the given deployments, earliest first.",
    body: body.ScheduledRunsBody,
    input: scheduledRuns,
    response: list(FlowRun),
  }),

  route("POST /flow_runs", "flowRun.create", 201, {
    body: body.FlowRunCreateBody,
    response: FlowRun,
    existingStatus: 200,
  }),
  route("GET /flow_runs/{id}", "flowRun.read", 200, { response: FlowRun }),
  route("PATCH /flow_runs/{id}", "flowRun.update", 204, { body: body.FlowRunUpdateBody }),
  route("POST /flow_runs/{id}/set_state", "flowRun.propose", 201, {
    operationId: "set_flow_run_state",
    summary: "Set the state of a flow run, which is retried or delayed as its policy and its schedule say.",
    body: body.FlowRunStateBody,
    response: Orchestration,
    output: row.toFlowRunOrchestration,
  }),
  route("GET /flow_runs/{id}/graph-v2", "flowRun.read", 200, {
    operationId: "read_flow_run_graph",
    summary: "Read when a flow run started and ended, as Prefect's interface draws it; without its task runs.",
    response: row.Graph,
  }),
  route("DELETE /flow_runs/{id}", "flowRun.remove", 204),
  route("POST /flow_runs/filter", "flowRun.list", 200, { query: filter.FlowRunFilter, response: list(FlowRun) }),
  route("POST /flow_runs/paginate", "flowRun.list", 200, {
    operationId: "paginate_flow_runs",
    summary: "List flow runs that match a filter, by the number of a page.",
    query: filter.FlowRunPage,
    count: "flowRun.count",
    response: row.FlowRunPage,
  }),
  route("POST /flow_runs/count", "flowRun.count", 200, { query: filter.FlowRunCount, response: count }),

  route("POST /task_runs", "taskRun.create", 201, {
    body: body.TaskRunCreateBody,
    response: TaskRun,
    existingStatus: 200,
  }),
  route("GET /task_runs/{id}", "taskRun.read", 200, { response: TaskRun }),
  route("GET /ui/task_runs/{id}", "taskRun.read", 200, { operationId: "read_ui_task_run", response: TaskRun }),
  route("PATCH /task_runs/{id}", "taskRun.update", 204, { body: body.TaskRunUpdateBody }),
  route("POST /task_runs/{id}/set_state", "taskRun.update", 201, {
    operationId: "set_task_run_state",
    summary: "Set the state of a task run; every state is accepted.",
    body: body.TaskRunStateBody,
    ...orchestrated,
  }),
  route("DELETE /task_runs/{id}", "taskRun.remove", 204),
  route("POST /task_runs/filter", "taskRun.list", 200, { query: filter.TaskRunFilter, response: list(TaskRun) }),
  route("POST /task_runs/paginate", "taskRun.list", 200, {
    operationId: "paginate_task_runs",
    summary: "List task runs that match a filter, by the number of a page.",
    query: filter.TaskRunPage,
    count: "taskRun.count",
    response: row.TaskRunPage,
  }),
  route("POST /task_runs/count", "taskRun.count", 200, { query: filter.TaskRunCount, response: count }),

  ...statistics,
];
