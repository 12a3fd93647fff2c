import { setTimeout as pause } from "node:timers/promises";
import { responseError } from "#client/error";
import type { ImportKind, ImportResult, KnownRow } from "#contract/import";
import type { ServerFetch } from "../runtime/connection";
import type { ImportRow } from "./row";

/** How often to retry while the server is unreachable or busy: after 0.5 s, then twice as long each time. */
const RETRIES = 5;

export interface Target {
  /** The rows with these ids that exist, in the trash too, with the time of their last change. */
  known(kind: ImportKind, ids: readonly string[]): Promise<Map<string, string>>;
  /** @throws VitrineError if none of the rows was imported */
  import(kind: ImportKind, rows: ImportRow[]): Promise<ImportResult>;
}

/** Every request is idempotent and is retried when its response is lost. */
export function openTarget(fetch: ServerFetch, signal: AbortSignal): Target {
  const call = async <T>(procedure: string, body: string, attempt = 0): Promise<T> => {
    const headers = { "content-type": "application/json" };
    const response = await fetch(`/api/trpc/${procedure}`, { method: "POST", headers, body }).catch(
      (error: unknown) => {
        if (signal.aborted || attempt >= RETRIES) throw error;
        return null;
      },
    );
    if (response?.ok) return (await response.json()).result.data;
    if (response && (response.status !== 503 || attempt >= RETRIES)) throw await responseError(response);
    await pause(500 * 2 ** attempt, null, { signal });
    return call(procedure, body, attempt + 1);
  };
  return {
    async known(kind, ids) {
      const rows = await call<KnownRow[]>("admin.known", JSON.stringify({ kind, ids }));
      return new Map(rows.map(({ id, updated }) => [id, updated]));
    },
    import: (kind, rows) => call<ImportResult>("admin.import", `{"${kind}":[${rows.map(toJson).join(",")}]}`),
  };
}

function toJson({ fields, data }: ImportRow): string {
  const json = JSON.stringify(fields);
  return data === null ? json : `${json.slice(0, -1)},"data":${data}}`;
}
