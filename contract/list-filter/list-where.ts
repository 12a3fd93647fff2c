import type { Where } from "../where";
import { conditionsOf, folderOf, type ListQuery } from "./list-query";
import { toWhere } from "./to-where";

/** The API's filter of a list at a time (milliseconds), or undefined without any. */
export function whereOf(query: ListQuery, now: number): Where | undefined {
  const where: Where = toWhere(conditionsOf(query), now);
  if (query.q.trim() !== "") where.query = query.q.trim();
  const folder = folderOf(query);
  if (folder !== null) where.artifacts = { ...where.artifacts, key: { ...where.artifacts?.key, folder } };
  if (query.keys === "none") where.artifacts = { ...where.artifacts, key: { exists: false } };
  return Object.keys(where).length > 0 ? where : undefined;
}
