import { VitrineError } from "#contract/error";
import { MAX_BATCH, MAX_BODY_OVERHEAD } from "#contract/limits";
import type { Path } from "#contract/scan";
import { expectJson, utf8 } from "./body";
import type { HttpRequest } from "./message";

/** The procedures that take data, and where it lies in their input. */
const DATA = new Map<string, Path>([
  ["artifact.create", ["data"]],
  ["artifact.update", ["data"]],
  ["artifact.createMany", ["items", "*", "data"]],
  ["admin.import", ["artifacts", "*", "data"]],
]);

/** The JSON text of a call's input, wherever it travels; null where there is none. */
export async function inputOf(asked: HttpRequest, query: URLSearchParams, maxData: number): Promise<string | null> {
  if (asked.method !== "POST") return query.get("input");
  expectJson(asked.headers);
  const text = utf8(await asked.body(maxData + MAX_BODY_OVERHEAD));
  return text === "" ? null : text;
}

/** Refuses a query that says a thing twice or a batch in another way than ours: readers would disagree about it. */
export function expectSingle(query: URLSearchParams): void {
  for (const name of ["batch", "input"]) {
    if (query.getAll(name).length > 1) throw new VitrineError("BAD_REQUEST", `Send the parameter "${name}" once.`);
  }
  const batch = query.get("batch");
  if (batch !== null && batch !== "1") throw new VitrineError("BAD_REQUEST", 'Ask for a batch by "batch=1".');
}

/** The names of the procedures that are called. Refuses a batch of more than 20. */
export function namesOf(path: string, batch: boolean): string[] {
  const names = batch ? decodeURIComponent(path).split(",") : [decodeURIComponent(path)];
  if (names.length > MAX_BATCH) throw new VitrineError("BAD_REQUEST", `Send at most ${MAX_BATCH} calls in a batch.`);
  return names;
}

/** Where data lies in the body of these calls. */
export function dataPaths(names: readonly string[], batch: boolean): Path[] {
  return names.flatMap((name, index) => {
    const path = DATA.get(name);
    if (!path) return [];
    return [batch ? [String(index), ...path] : path];
  });
}

/** Refuses the inputs of a batch that name calls it does not have. */
export function expectInputsOf(names: readonly string[], input: unknown): void {
  const known = typeof input === "object" && input !== null && !Array.isArray(input) ? Object.keys(input) : null;
  if (!known?.every((index) => /^(?:0|[1-9][0-9]?)$/.test(index) && Number(index) < names.length)) {
    throw new VitrineError(
      "BAD_REQUEST",
      "Send the inputs of a batch as an object from the number of the call to its input.",
    );
  }
}
