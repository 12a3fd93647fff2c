import { VitrineError } from "#contract/error";
import type { Path } from "#contract/json-scan";
import { MAX_BATCH, MAX_BODY_OVERHEAD } from "#contract/limits";
import { exactPaths } from "#contract/raw-json";
import { inputSchemas, procedures } from "#server/routers/procedures";
import { decodeUtf8, expectJson } from "../body";
import type { HttpRequest } from "../message";

const EXACT = new Map([...procedures].map(([name, procedure]) => [name, inputSchemas(procedure).flatMap(exactPaths)]));

/** @param maxData the most bytes of data in the body; 0 where its calls take none */
export async function readInputBody(request: HttpRequest, maxData: number): Promise<string | null> {
  expectJson(request.headers);
  const text = await decodeUtf8(await request.body(maxData + MAX_BODY_OVERHEAD));
  return text === "" ? null : text;
}

/** Rejects repeated parameters and other spellings of `batch=1`, which two parsers could read differently. */
export function expectSingleParameters(query: URLSearchParams): void {
  for (const name of ["batch", "input"]) {
    if (query.getAll(name).length > 1) throw new VitrineError("BAD_REQUEST", `Send the parameter "${name}" once.`);
  }
  const batch = query.get("batch");
  if (batch !== null && batch !== "1") throw new VitrineError("BAD_REQUEST", 'Send a batch with "batch=1".');
}

/** @throws VitrineError BAD_REQUEST for a batch of more than 20 */
export function procedureNames(path: string, isBatch: boolean): string[] {
  const names = isBatch ? decodeURIComponent(path).split(",") : [decodeURIComponent(path)];
  if (names.length > MAX_BATCH) throw new VitrineError("BAD_REQUEST", `Send at most ${MAX_BATCH} calls in a batch.`);
  return names;
}

/** Whether a call takes data, of which a body may have more than of anything else. */
export function takesData(name: string): boolean {
  return (EXACT.get(name) ?? []).length > 0;
}

/** Where the body of these calls has exact JSON. */
export function exactInputPaths(names: readonly string[], isBatch: boolean): Path[] {
  return names.flatMap((name, index) => {
    const paths = EXACT.get(name) ?? [];
    return isBatch ? paths.map((path) => [String(index), ...path]) : paths;
  });
}

/** Rejects batch inputs that are not an object from the index of a call to its input. */
export function expectBatchInputs(names: readonly string[], input: unknown): void {
  const indexes = typeof input === "object" && input !== null && !Array.isArray(input) ? Object.keys(input) : null;
  if (!indexes?.every((index) => /^(?:0|[1-9][0-9]?)$/.test(index) && Number(index) < names.length)) {
    throw new VitrineError(
      "BAD_REQUEST",
      "Send the inputs of a batch as an object from the index of each call to its input.",
    );
  }
}
