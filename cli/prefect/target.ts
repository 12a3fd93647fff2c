import { setTimeout as pause } from "node:timers/promises";
import type { ImportKind, ImportResult, KnownRow } from "#contract/import";
import { refusalIn } from "../terminal/response-error";
import type { Row } from "./row";

/** A request to the store by its path, with the credential; whatever it answers. */
export type Ask = (path: string, init?: RequestInit) => Promise<Response>;

export type Sent = Extract<Row, { sent: object }>;

/** How often a request that found nobody, or a busy store, is sent again: after 0.5 s, then twice as long each time. */
const RETRIES = 5;

/** The store that rows are copied into. */
export interface Target {
  /** Which of these rows are here, alive or in the trash, and when each was changed last. */
  known(kind: ImportKind, ids: readonly string[]): Promise<Map<string, string>>;
  /** Takes rows as they are, data to the letter. @throws StoreError by which all of them were refused */
  import(kind: ImportKind, rows: Sent[]): Promise<ImportResult>;
}

/** The store behind `ask`. Whatever is sent can be sent again, so that it is, where an answer was lost. */
export function openTarget(ask: Ask, signal: AbortSignal): Target {
  const call = async <T>(path: string, body: string, attempt = 0): Promise<T> => {
    const headers = { "content-type": "application/json" };
    const answer = await ask(`/api/trpc/${path}`, { method: "POST", headers, body }).catch((error: unknown) => {
      if (signal.aborted || attempt >= RETRIES) throw error;
      return null;
    });
    if (answer?.ok) return (await answer.json()).result.data;
    if (answer && (answer.status !== 503 || attempt >= RETRIES)) throw await refusalIn(answer);
    await pause(500 * 2 ** attempt, null, { signal });
    return call(path, body, attempt + 1);
  };
  return {
    async known(kind, ids) {
      const rows = await call<KnownRow[]>("admin.known", JSON.stringify({ kind, ids }));
      return new Map(rows.map(({ id, updated }) => [id, updated]));
    },
    import: (kind, rows) => call<ImportResult>("admin.import", `{"${kind}":[${rows.map(written).join(",")}]}`),
  };
}

function written({ sent, text }: Sent): string {
  const fields = JSON.stringify(sent);
  return text === null ? fields : `${fields.slice(0, -1)},"data":${text}}`;
}
