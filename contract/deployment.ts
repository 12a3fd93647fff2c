import { z } from "zod";
import { FlowSort, Labels } from "./flow";
import { jsonObject } from "./json";
import { atMost, byCursor, byOffset } from "./paging";
import { Count, Id, name, Tags, text } from "./value";
import { DeploymentWhere } from "./where";

const JsonObject = jsonObject(512 * 1024);

/** The path of a file or folder, or a Python path. */
const Path = text(4 * 1024).nullish();

const optional = {
  description: text(64 * 1024).nullish(),
  version: name(255).nullish(),
  /** The JSON Schema of the parameters, for clients that check them; it is not checked here. */
  parameterOpenapiSchema: JsonObject.nullish(),
  path: Path,
  entrypoint: Path,
  /** The steps by which a process gets the code. */
  pullSteps: z.array(JsonObject).max(100).nullish(),
  workQueueName: name(255).nullish(),
  concurrencyLimit: Count.nullish(),
};

/** If the flow has a deployment of that name, it is returned unchanged. */
export const DeploymentCreate = z.strictObject({
  flowId: Id,
  name: name(255),
  tags: Tags.default([]),
  labels: Labels.default({}),
  paused: z.boolean().default(false),
  /** Of its runs, unless a run has its own. */
  parameters: JsonObject.default({}),
  enforceParameterSchema: z.boolean().default(true),
  jobVariables: JsonObject.default({}),
  ...optional,
});
export type DeploymentCreate = z.infer<typeof DeploymentCreate>;

/** Absent fields keep, null clears. */
export const DeploymentUpdate = z.strictObject({
  id: Id,
  tags: Tags.optional(),
  labels: Labels.optional(),
  paused: z.boolean().optional(),
  parameters: JsonObject.optional(),
  enforceParameterSchema: z.boolean().optional(),
  jobVariables: JsonObject.optional(),
  ...optional,
});
export type DeploymentUpdate = z.infer<typeof DeploymentUpdate>;

export interface Deployment {
  id: string;
  flowId: string;
  name: string;
  description: string | null;
  version: string | null;
  tags: string[];
  labels: z.infer<typeof Labels>;
  paused: boolean;
  parameters: z.infer<typeof JsonObject>;
  parameterOpenapiSchema: z.infer<typeof JsonObject> | null;
  enforceParameterSchema: boolean;
  path: string | null;
  entrypoint: string | null;
  pullSteps: z.infer<typeof JsonObject>[] | null;
  jobVariables: z.infer<typeof JsonObject>;
  workQueueName: string | null;
  concurrencyLimit: number | null;
  created: string;
  updated: string;
}

export const DeploymentList = z
  .strictObject({ where: DeploymentWhere.optional(), sort: FlowSort.default("NAME_ASC"), ...byOffset })
  .prefault({});
export type DeploymentList = z.infer<typeof DeploymentList>;

export const DeploymentPage = z
  .strictObject({ where: DeploymentWhere.optional(), sort: FlowSort.default("NAME_ASC"), ...byCursor })
  .prefault({});
export type DeploymentPage = z.infer<typeof DeploymentPage>;

export const DeploymentCount = z.strictObject({ where: DeploymentWhere.optional(), atMost }).prefault({});
export type DeploymentCount = z.infer<typeof DeploymentCount>;

/** What deployments are counted by: the ids of their flows. */
export const DeploymentCountBy = z.strictObject({ where: DeploymentWhere.optional(), by: z.enum(["flow"]) });
export type DeploymentCountBy = z.infer<typeof DeploymentCountBy>;
