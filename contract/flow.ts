import { z } from "zod";
import { jsonObject } from "./json";
import { atMost, byCursor, byOffset } from "./paging";
import { Id, name, Tags } from "./value";
import { FlowWhere } from "./where";

export const Labels = jsonObject(64 * 1024);

/** If a flow of that name exists, it is returned unchanged. */
export const FlowCreate = z.strictObject({ name: name(255), tags: Tags.default([]), labels: Labels.default({}) });
export type FlowCreate = z.infer<typeof FlowCreate>;

/** Absent fields keep. */
export const FlowUpdate = z.strictObject({ id: Id, tags: Tags.optional(), labels: Labels.optional() });
export type FlowUpdate = z.infer<typeof FlowUpdate>;

export interface Flow {
  id: string;
  name: string;
  tags: string[];
  labels: z.infer<typeof Labels>;
  created: string;
  updated: string;
}

export const FlowSort = z.enum(["CREATED_DESC", "UPDATED_DESC", "NAME_ASC", "NAME_DESC"]);
export type FlowSort = z.infer<typeof FlowSort>;

export const FlowList = z
  .strictObject({ where: FlowWhere.optional(), sort: FlowSort.default("NAME_ASC"), ...byOffset })
  .prefault({});
export type FlowList = z.infer<typeof FlowList>;

export const FlowPage = z
  .strictObject({ where: FlowWhere.optional(), sort: FlowSort.default("NAME_ASC"), ...byCursor })
  .prefault({});
export type FlowPage = z.infer<typeof FlowPage>;

export const FlowCount = z.strictObject({ where: FlowWhere.optional(), atMost }).prefault({});
export type FlowCount = z.infer<typeof FlowCount>;
