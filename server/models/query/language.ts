import { sql } from "drizzle-orm";
import { VitrineError } from "#contract/error";
import { compile, someFilter, usesClock } from "#contract/query/compile";
import { parseQuery } from "#contract/query/parse";
import { allOf, type QueryFilter } from "#contract/query/query-filter";
import { problemText, type QueryNode } from "#contract/query/tree";
import type { Where } from "#contract/where";
import type { Database } from "#db/postgres";
import { pastOf } from "./filtered";

/**
 * What typed filters and a query require together, in as few filters as possible. Ages are counted from the timestamp that
 * is read as of, else from now by the clock of the database. BAD_REQUEST for a query that cannot be parsed.
 */
export async function filterOf(db: Database, { query, ...typed }: Where): Promise<QueryFilter> {
  const own: QueryFilter = { kind: "where", where: typed };
  const tree = treeOf(query);
  return tree ? allOf([own, compile(tree, usesClock(tree) ? await clockOf(db) : 0)]) : own;
}

/** Whether a filter reads columns that only versions have: the rows of keys do not have them. */
export function readsVersion({ query, artifacts }: Where): boolean {
  const { author, description, metadata, tags } = artifacts ?? {};
  const tree = treeOf(query);
  if (author || description || metadata || tags) return true;
  return tree !== null && someFilter(compile(tree, 0), (leaf) => !("text" in leaf) && readsVersion(leaf));
}

/** A parsed query; null where it requires nothing. @throws VitrineError BAD_REQUEST for one that cannot be parsed */
export function treeOf(query: string | null | undefined, field = "where.query"): QueryNode | null {
  const { tree, problem } = parseQuery(query ?? "");
  if (!problem) return tree;
  const { offset, length, nearest } = problem;
  const at = `The field "${field}" has an error at character ${offset + 1}`;
  const text = problemText(problem);
  throw new VitrineError("BAD_REQUEST", `${at}: ${text}${nearest === null ? "." : ""}`, {
    field,
    place: { offset, length, nearest },
  });
}

/** Whether a filter may have conditions on the caller. */
export function namesCaller({ query, artifacts }: Where): boolean {
  return artifacts?.author?.me != null || /\bby:/i.test(query ?? "");
}

/** Whether a query has free text. */
export function searchesText(query: string | null | undefined): boolean {
  return hasText(treeOf(query));
}

function hasText(node: QueryNode | null): boolean {
  if (node === null || node.kind === "condition") return false;
  return node.kind === "text" || (node.kind === "not" ? hasText(node.part) : node.parts.some(hasText));
}

async function clockOf(db: Database): Promise<number> {
  const [row] = await db.execute(
    sql`select extract(epoch from least(clock_timestamp(), ${pastOf(db)}::timestamptz)) * 1000 as now`,
  );
  return Number(row?.now);
}
