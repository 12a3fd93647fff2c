import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Route } from "./route";

type Input = NonNullable<Route["input"]>;
type Output = NonNullable<Route["output"]>;

const Named = z.object({ id: z.string() });
const Names = z.object({ name: z.string(), flow: z.string().optional() });
const Tagged = z.object({ tags: z.array(z.string()).default([]) });

/** The list of the one flow that has the name in the path. */
export const flowByName: Input = (given) => {
  const { name } = Names.parse(given);
  return { where: { flows: { name: { any: [name] } } }, limit: 1 };
};

/** The list of the one deployment that has the names in the path. */
export const deploymentByName: Input = (given) => {
  const { name, flow = "" } = Names.parse(given);
  return { where: { deployments: { name: { any: [name] } }, flows: { name: { any: [flow] } } }, limit: 1 };
};

/** A deployment of that flow and name is changed to what is sent: what is not sent stays as it was. */
export const deploymentAgain: NonNullable<Route["again"]> = {
  procedure: "deployment.update",
  input: (sent, row) => {
    const { flowId: _flow, name: _name, ...changes } = Object(sent);
    return { ...changes, ...Named.parse(row) };
  },
};

/** The scheduled runs of deployments that are due, which is what a process that serves them asks for. */
export const dueRuns: Input = (given) => {
  const { deploymentIds, scheduledBefore, limit } = given;
  const due = scheduledBefore ? { nextScheduledStartTime: { before: scheduledBefore } } : {};
  const flowRuns = { deploymentId: { any: deploymentIds }, state: { type: { any: ["SCHEDULED"] } }, ...due };
  return { where: { flowRuns }, sort: "NEXT_SCHEDULED_START_TIME_ASC", limit };
};

/** A run of the deployment in the path: its flow, its queue and its tags beside what the body asks for. */
export const runOfDeployment: Input = async (given, caller) => {
  const { id, flowId, workQueueName, tags } = await caller.deployment.read(Named.parse(given));
  const more = Tagged.parse(given).tags.filter((tag) => !tags.includes(tag));
  const queue = given.workQueueName ?? workQueueName;
  const { id: _, ...asked } = given;
  return { ...asked, flowId, deploymentId: id, workQueueName: queue, tags: [...tags, ...more] };
};

/** The only row of a list. NOT_FOUND where there is none. */
export function first(rows: unknown): unknown {
  if (Array.isArray(rows) && rows.length > 0) return rows[0];
  throw new VitrineError("NOT_FOUND", "There is nothing of that name.");
}

/** A row that was just made, with the data that was sent: that is what was stored. */
export const withSentData: Output = (row, input) => {
  const { data = null } = Object(input);
  return { ...Object(row), data };
};
