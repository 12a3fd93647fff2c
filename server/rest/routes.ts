import { z } from "zod";
import * as body from "./body";
import * as filter from "./filter";
import { route } from "./route";
import {
  deploymentAgain,
  deploymentByName,
  dueRuns,
  first,
  flowByName,
  runOfDeployment,
  withSentData,
} from "./route-inputs";
import * as row from "./row";

const { Artifact, ArtifactCollection, Flow, Deployment, FlowRun, TaskRun, Orchestration } = row;
const list = z.array;
const answer = z.int().min(0).meta({ description: "How many there are." });
const orchestrated = { answer: Orchestration, output: row.toOrchestration };

/**
 * Every route of Prefect's dialect under `/api`: what is asked, which procedure answers, with which status. A path may
 * end in a slash or not. Bodies and answers are those of `body.ts`, `filter.ts` and `row.ts`.
 */
export const routes = [
  route("POST /artifacts", "artifact.create", 201, {
    says: "Publish an artifact: under a key that exists, its next version.",
    body: body.ArtifactCreateBody,
    answer: Artifact,
    output: withSentData,
  }),
  route("GET /artifacts/{id}", "artifact.read", 200, { answer: Artifact }),
  route("PATCH /artifacts/{id}", "artifact.update", 204, { body: body.ArtifactUpdateBody }),
  route("DELETE /artifacts/{id}", "artifact.remove", 204),
  route("POST /artifacts/filter", "artifact.list", 200, { query: filter.ArtifactFilter, answer: list(Artifact) }),
  route("POST /artifacts/count", "artifact.count", 200, { query: filter.ArtifactCount, answer }),
  route("GET /artifacts/{key}/latest", "collection.latest", 200, { answer: Artifact }),
  route("POST /artifacts/latest/filter", "collection.list", 200, {
    query: filter.LatestFilter,
    answer: list(ArtifactCollection),
  }),
  route("POST /artifacts/latest/count", "collection.count", 200, { query: filter.LatestCount, answer }),

  route("POST /flows", "flow.create", 201, { body: body.FlowCreateBody, answer: Flow, known: 200 }),
  route("GET /flows/{id}", "flow.read", 200, { answer: Flow }),
  route("GET /flows/name/{name}", "flow.list", 200, {
    says: "Read a flow by its name.",
    answer: Flow,
    input: flowByName,
    output: first,
  }),
  route("PATCH /flows/{id}", "flow.update", 204, { body: body.FlowUpdateBody }),
  route("DELETE /flows/{id}", "flow.remove", 204),
  route("POST /flows/filter", "flow.list", 200, { query: filter.FlowFilter, answer: list(Flow) }),
  route("POST /flows/count", "flow.count", 200, { query: filter.FlowCount, answer }),

  route("POST /deployments", "deployment.create", 201, {
    says: "Make a deployment, or change the one of that flow and name to what is sent.",
    body: body.DeploymentCreateBody,
    answer: Deployment,
    known: 200,
    again: deploymentAgain,
  }),
  route("GET /deployments/{id}", "deployment.read", 200, { answer: Deployment }),
  route("GET /deployments/name/{flow}/{name}", "deployment.list", 200, {
    says: "Read a deployment by its flow's name and its own.",
    answer: Deployment,
    input: deploymentByName,
    output: first,
  }),
  route("PATCH /deployments/{id}", "deployment.update", 204, { body: body.DeploymentUpdateBody }),
  route("DELETE /deployments/{id}", "deployment.remove", 204),
  route("POST /deployments/filter", "deployment.list", 200, {
    query: filter.DeploymentFilter,
    answer: list(Deployment),
  }),
  route("POST /deployments/count", "deployment.count", 200, { query: filter.DeploymentCount, answer }),
  route("POST /deployments/{id}/create_flow_run", "flowRun.create", 201, {
    says: "Start a flow run of a deployment, scheduled for now or for when its state says.",
    query: body.DeploymentRunBody,
    input: runOfDeployment,
    answer: FlowRun,
    known: 200,
  }),
  route("POST /deployments/get_scheduled_flow_runs", "flowRun.list", 200, {
    says: "List the scheduled flow runs of some deployments that are due, the earliest first.",
    body: body.ScheduledRunsBody,
    input: dueRuns,
    answer: list(FlowRun),
  }),

  route("POST /flow_runs", "flowRun.create", 201, { body: body.FlowRunCreateBody, answer: FlowRun, known: 200 }),
  route("GET /flow_runs/{id}", "flowRun.read", 200, { answer: FlowRun }),
  route("PATCH /flow_runs/{id}", "flowRun.update", 204, { body: body.FlowRunUpdateBody }),
  route("POST /flow_runs/{id}/set_state", "flowRun.update", 201, {
    says: "Set the state of a flow run; every state is accepted.",
    body: body.FlowRunStateBody,
    ...orchestrated,
  }),
  route("DELETE /flow_runs/{id}", "flowRun.remove", 204),
  route("POST /flow_runs/filter", "flowRun.list", 200, { query: filter.FlowRunFilter, answer: list(FlowRun) }),
  route("POST /flow_runs/count", "flowRun.count", 200, { query: filter.FlowRunCount, answer }),

  route("POST /task_runs", "taskRun.create", 201, { body: body.TaskRunCreateBody, answer: TaskRun, known: 200 }),
  route("GET /task_runs/{id}", "taskRun.read", 200, { answer: TaskRun }),
  route("PATCH /task_runs/{id}", "taskRun.update", 204, { body: body.TaskRunUpdateBody }),
  route("POST /task_runs/{id}/set_state", "taskRun.update", 201, {
    says: "Set the state of a task run; every state is accepted.",
    body: body.TaskRunStateBody,
    ...orchestrated,
  }),
  route("DELETE /task_runs/{id}", "taskRun.remove", 204),
  route("POST /task_runs/filter", "taskRun.list", 200, { query: filter.TaskRunFilter, answer: list(TaskRun) }),
  route("POST /task_runs/count", "taskRun.count", 200, { query: filter.TaskRunCount, answer }),
];
