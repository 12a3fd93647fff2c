import { z } from "zod";
import { VitrineError } from "#contract/error";
import type { Path } from "#contract/json-scan";
import { MAX_BATCH, MAX_BODY_OVERHEAD } from "#contract/limits";
import { exactPaths } from "#contract/raw-json";
import { procedures } from "#server/routers/app-router";
import { decodeUtf8, expectJson } from "../body";
import type { HttpRequest } from "../message";

/** Where the input of each procedure has exact JSON. */
const EXACT = new Map(
  [...procedures].map(([name, { _def }]) => [name, _def.inputs.filter(isSchema).flatMap(exactPaths)]),
);

function isSchema(input: unknown): input is z.ZodType {
  return input instanceof z.ZodType;
}

/** The JSON text of a call's input, wherever it travels; null where there is none. */
export async function readInputText(
  asked: HttpRequest,
  query: URLSearchParams,
  maxData: number,
): Promise<string | null> {
  if (asked.method !== "POST") return query.get("input");
  expectJson(asked.headers);
  const text = decodeUtf8(await asked.body(maxData + MAX_BODY_OVERHEAD));
  return text === "" ? null : text;
}

/** Refuses a query that says a thing twice or a batch in another way than ours: readers would disagree about it. */
export function expectSingleParameters(query: URLSearchParams): void {
  for (const name of ["batch", "input"]) {
    if (query.getAll(name).length > 1) throw new VitrineError("BAD_REQUEST", `Send the parameter "${name}" once.`);
  }
  const batch = query.get("batch");
  if (batch !== null && batch !== "1") throw new VitrineError("BAD_REQUEST", 'Ask for a batch by "batch=1".');
}

/** The names of the procedures that are called. Refuses a batch of more than 20. */
export function procedureNames(path: string, batch: boolean): string[] {
  const names = batch ? decodeURIComponent(path).split(",") : [decodeURIComponent(path)];
  if (names.length > MAX_BATCH) throw new VitrineError("BAD_REQUEST", `Send at most ${MAX_BATCH} calls in a batch.`);
  return names;
}

/** Where the body of these calls has exact JSON. */
export function exactInputPaths(names: readonly string[], batch: boolean): Path[] {
  return names.flatMap((name, index) => {
    const paths = EXACT.get(name) ?? [];
    return batch ? paths.map((path) => [String(index), ...path]) : paths;
  });
}

/** Refuses the inputs of a batch that name calls it does not have. */
export function expectBatchInputs(names: readonly string[], input: unknown): void {
  const known = typeof input === "object" && input !== null && !Array.isArray(input) ? Object.keys(input) : null;
  if (!known?.every((index) => /^(?:0|[1-9][0-9]?)$/.test(index) && Number(index) < names.length)) {
    throw new VitrineError(
      "BAD_REQUEST",
      "Send the inputs of a batch as an object from the number of the call to its input.",
    );
  }
}
