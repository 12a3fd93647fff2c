import { VitrineError } from "#contract/error";
import type { ImportKind } from "#contract/import";
import { MAX_LIST } from "#contract/limits";
import type { Entry } from "./list-entries";
import { parseRows, type Row } from "./row";
import type { Source } from "./source";
import type { Sent, Target } from "./target";

/** What was not copied, and why. */
export interface Skipped {
  kind: ImportKind;
  id: string;
  key: string | null;
  reason: string;
}

/** One copy from a source to a store, and what it learns on its way. */
export interface Copy {
  source: Source;
  target: Target;
  /** Flows and deployments that are here under another id. */
  instead: Map<string, string>;
  left: Skipped[];
  /** Told what is done as it is done. */
  told(rows: number): void;
}

/** What became of the rows of one kind. */
export interface Outcome {
  /** The ids that are here now. */
  here: Set<string>;
  made: number;
  /** Rows that were changed at the source since they were copied. */
  changed: number;
}

/**
 * Copies what is not here of these rows, in their order.
 * @param without the field that is left out, of a row that names what is no more
 */
export async function copyRows(copy: Copy, kind: ImportKind, entries: Entry[], without?: string): Promise<Outcome> {
  const outcome: Outcome = { here: new Set(), made: 0, changed: 0 };
  const chain = new Chain();
  let waiting: Entry[] = [];
  const flush = async () => {
    await take(copy, kind, waiting, { outcome, chain, without });
    copy.told(waiting.length);
    waiting = [];
  };
  for (let from = 0; from < entries.length; from += MAX_LIST) {
    const some = entries.slice(from, from + MAX_LIST);
    const known = await copy.target.known(
      kind,
      some.map(({ id }) => id),
    );
    for (const entry of some) {
      const updated = known.get(entry.id);
      if (updated === undefined) waiting.push(entry);
      else {
        outcome.here.add(entry.id);
        if (updated < entry.updated) outcome.changed += 1;
        chain.add(entry);
        copy.told(1);
      }
      if (waiting.length === copy.source.limit) await flush();
    }
  }
  await flush();
  return outcome;
}

/** The last version of each key that is here. */
class Chain {
  private readonly last = new Map<string, string>();

  add({ id, key }: { id: string; key: string | null }): void {
    if (key !== null) this.last.set(key, id);
  }

  /** Versions with the one before each, as they are about to follow each other. */
  linked(rows: Sent[]): Sent[] {
    const last = new Map(this.last);
    return rows.map((row) => {
      if (row.key === null) return row;
      const previous = last.get(row.key) ?? null;
      last.set(row.key, row.id);
      return { ...row, sent: { ...row.sent, previous } };
    });
  }
}

interface Going {
  outcome: Outcome;
  chain: Chain;
  without: string | undefined;
}

/** Reads rows and sends them. What cannot be read or sent together is halved, down to the row at fault. */
async function take(copy: Copy, kind: ImportKind, entries: Entry[], going: Going): Promise<void> {
  if (entries.length === 0) return;
  const found = await readRows(
    copy,
    kind,
    entries.map(({ id }) => id),
  );
  const sent: Sent[] = [];
  for (const { id, key } of entries) {
    const row = found.get(id) ?? { id, key, reason: "It is no longer there: it was removed meanwhile." };
    if ("reason" in row) copy.left.push({ kind, id, key, reason: row.reason });
    else sent.push({ ...row, sent: placed(row.sent, copy.instead, going.without) });
  }
  await send(copy, kind, sent, going);
}

/** A row under the flows and deployments that stand here for its own. */
function placed(sent: object, instead: Map<string, string>, without: string | undefined): object {
  const fields = Object.entries(sent).map(([name, value]) => {
    if (name === without) return [name, null];
    return [name, name === "flowId" || name === "deploymentId" ? (instead.get(value) ?? value) : value];
  });
  return Object.fromEntries(fields);
}

const TOO_LARGE = new VitrineError("PAYLOAD_TOO_LARGE", "It is too large to be read.");

async function readRows(copy: Copy, kind: ImportKind, ids: string[]): Promise<Map<string, Row>> {
  const text = await copy.source.rows(kind, ids);
  const rows = text === null ? TOO_LARGE : orRefusal(() => parseRows(kind, text));
  if (!(rows instanceof VitrineError)) return new Map(rows.map((row) => [row.id, row]));
  const [only = ""] = ids;
  if (ids.length === 1) return new Map([[only, { id: only, key: null, reason: rows.message }]]);
  const half = ids.length >> 1;
  const [first, second] = [await readRows(copy, kind, ids.slice(0, half)), await readRows(copy, kind, ids.slice(half))];
  return new Map([...first, ...second]);
}

function orRefusal<T>(read: () => T): T | VitrineError {
  try {
    return read();
  } catch (error) {
    if (error instanceof VitrineError) return error;
    throw error;
  }
}

/** Errors that are the rows' own, so that fewer of them may be taken. */
const OF_ROWS = new Set(["BAD_REQUEST", "PAYLOAD_TOO_LARGE"]);

async function send(copy: Copy, kind: ImportKind, rows: Sent[], going: Going): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const { outcome, chain } = going;
  const answer = await copy.target.import(kind, kind === "artifacts" ? chain.linked(rows) : rows).catch((error) => {
    if (error instanceof VitrineError && OF_ROWS.has(error.code)) return error;
    throw error;
  });
  if (answer instanceof VitrineError) {
    if (rows.length === 1) copy.left.push({ kind, id: first.id, key: first.key, reason: answer.message });
    else {
      const half = rows.length >> 1;
      await send(copy, kind, rows.slice(0, half), going);
      await send(copy, kind, rows.slice(half), going);
    }
    return;
  }
  const refused = new Map(answer.rejected.map(({ id, reason }) => [id, reason]));
  outcome.made += answer.created;
  for (const [id, here] of Object.entries(answer.replacements)) copy.instead.set(id, here);
  for (const row of rows) {
    const reason = refused.get(row.id);
    if (reason !== undefined) copy.left.push({ kind, id: row.id, key: row.key, reason });
    else {
      outcome.here.add(row.id);
      chain.add(row);
    }
  }
}
