import { z } from "zod";
import { ArtifactList } from "#contract/artifact";
import { CollectionList } from "#contract/collection";
import { VitrineError } from "#contract/error";
import * as artifacts from "#server/models/artifact";
import * as collections from "#server/models/collection";
import type { Route } from "./route";

type Input = NonNullable<Route["input"]>;
type Output = NonNullable<Route["output"]>;
type Stream = NonNullable<Route["stream"]>;

const WithId = z.object({ id: z.string() });
const WithName = z.object({ name: z.string(), flow: z.string().optional() });
const WithTags = z.object({ tags: z.array(z.string()).default([]) });

export const flowByName: Input = (fields) => {
  const { name } = WithName.parse(fields);
  return { where: { flows: { name: { any: [name] } } }, limit: 1 };
};

export const deploymentByName: Input = (fields) => {
  const { name, flow = "" } = WithName.parse(fields);
  return { where: { deployments: { name: { any: [name] } }, flows: { name: { any: [flow] } } }, limit: 1 };
};

/** Updates the existing deployment of that flow and name; absent fields are unchanged. */
export const updateExistingDeployment: NonNullable<Route["updateExisting"]> = {
  procedure: "deployment.update",
  input: (created, row) => {
    const { flowId: _flow, name: _name, ...changes } = Object(created);
    return { ...changes, ...WithId.parse(row) };
  },
};

/** The due scheduled runs of deployments, as a serving process polls them. */
export const scheduledRuns: Input = (fields) => {
  const { deploymentIds, scheduledBefore, limit } = fields;
  const due = scheduledBefore ? { nextScheduledStartTime: { before: scheduledBefore } } : {};
  const flowRuns = { deploymentId: { any: deploymentIds }, state: { type: { any: ["SCHEDULED"] } }, ...due };
  return { where: { flowRuns }, sort: "NEXT_SCHEDULED_START_TIME_ASC", limit };
};

/** A run of the deployment in the path, with the deployment's flow, queue, tags, and parameters that the run has not. */
export const runOfDeployment: Input = async (fields, caller) => {
  const { id, flowId, workQueueName, tags, parameters } = await caller.deployment.read(WithId.parse(fields));
  const more = WithTags.parse(fields).tags.filter((tag) => !tags.includes(tag));
  const { id: _, ...body } = fields;
  return {
    ...body,
    flowId,
    deploymentId: id,
    workQueueName: fields.workQueueName ?? workQueueName,
    tags: [...tags, ...more],
    parameters: { ...parameters, ...Object(fields.parameters) },
  };
};

/** The first row of a list. NOT_FOUND for an empty list. */
export function firstRow(rows: unknown): unknown {
  if (Array.isArray(rows) && rows.length > 0) return rows[0];
  throw new VitrineError("NOT_FOUND", "No row has this name.");
}

/** A created row with the data that was sent, which is what was stored. */
export const withSentData: Output = (row, input) => {
  const { data = null } = Object(input);
  return { ...Object(row), data };
};

export const streamArtifacts: Stream = (db, input, caller) => artifacts.stream(db, ArtifactList.parse(input), caller);

export const streamCollections: Stream = (db, input, caller) =>
  collections.stream(db, CollectionList.parse(input), caller);
