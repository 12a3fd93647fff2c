import { z } from "zod";
import type { FlowRun } from "#contract/flow-run";
import type { TaskRun } from "#contract/task-run";
import type { Origin } from "#server/models/entered";
import { FlowRun as FlowRunRow, TaskRun as TaskRunRow, toRestBody } from "../row";

export type Resource = Record<string, string>;

/** The event that Prefect sends when a run enters a state: its server for flow runs, its client for task runs. */
export interface RunEvent {
  id: string;
  occurred: string;
  event: string;
  resource: Resource;
  related: Resource[];
  payload: object;
}

export const FLOW_RUN = "prefect.flow-run.";
export const TASK_RUN = "prefect.task-run.";

const StateRow = z.looseObject({ id: z.string(), type: z.string(), name: z.string(), message: z.string().nullable() });
const TaskRunBody = z.object({ state: StateRow }).catchall(z.unknown());

/** The event of a flow run's state; null for a run without one. Its id is that of the state, as in Prefect. */
export function flowRunEvent({ run, origin }: { run: FlowRun; origin: Origin }): RunEvent | null {
  if (!run.state) return null;
  const state = StateRow.parse(Object(toRestBody(FlowRunRow, run)).state);
  const event = eventOf(FLOW_RUN, run, state, run.state.timestamp, origin);
  return { ...event, resource: { ...event.resource, "prefect.run-count": String(run.runCount) } };
}

/** What the event of a task run says about it. */
type TaskRunState = Pick<TaskRun, "id" | "name" | "tags" | "taskKey" | "dynamicKey"> &
  Pick<TaskRun, "state" | "expectedStartTime" | "startTime" | "endTime">;

/** The event of a task run's state; null for a run without one. */
export function taskRunEvent({ run, origin }: { run: TaskRunState; origin: Origin }): RunEvent | null {
  if (!run.state) return null;
  const { id, state, state_id, state_type, state_name, flow_run_id, created, updated, ...rest } = TaskRunBody.parse(
    toRestBody(TaskRunRow, run),
  );
  const event = eventOf(TASK_RUN, run, state, run.state.timestamp, origin);
  const resource = { ...event.resource, "prefect.orchestration": "client" };
  return { ...event, resource, payload: { ...event.payload, task_run: rest } };
}

function eventOf(
  kind: string,
  run: { id: string; name: string; tags: string[] },
  state: z.infer<typeof StateRow>,
  timestamp: string,
  origin: Origin,
): RunEvent {
  const { id, ...validated } = state;
  return {
    id,
    occurred: timestamp,
    event: kind + validated.name,
    resource: {
      "prefect.resource.id": kind + run.id,
      "prefect.resource.name": run.name,
      "prefect.state-message": validated.message ?? "",
      "prefect.state-name": validated.name,
      "prefect.state-timestamp": timestamp,
      "prefect.state-type": validated.type,
    },
    related: relatedTo(run, origin),
    payload: { intended: { from: null, to: validated.type }, initial_state: null, validated_state: validated },
  };
}

function relatedTo(run: { tags: string[] }, { flowRun, flow, deployment }: Origin): Resource[] {
  const kinds = { "flow-run": flowRun, flow, deployment };
  const owners = Object.entries(kinds).flatMap(([kind, of]) =>
    of ? [{ ...resource(kind, of.id), "prefect.resource.name": of.name }] : [],
  );
  const tags = new Set([run, flowRun, flow, deployment].flatMap((each) => each?.tags ?? []));
  return [...owners, ...[...tags].sort().map((tag) => resource("tag", tag))];
}

function resource(kind: string, id: string): Resource {
  return { "prefect.resource.id": `prefect.${kind}.${id}`, "prefect.resource.role": kind };
}
