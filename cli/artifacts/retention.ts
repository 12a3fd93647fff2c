import type { Artifact } from "#contract/artifact";
import { usageError } from "../terminal/error";

/** Which versions of a key are kept: the newest so many, and what is no older than that. Both must let one go. */
export interface Retention {
  keep: number;
  /** What was created from this moment on is kept; null: time says nothing. */
  since: string | null;
}

const UNITS: Record<string, number> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * What was asked to be kept. Without a number the latest of each key is.
 * @throws Failure (usage) where nothing was asked, or not in this form
 */
export function parseRetention(last: string | undefined, age: string | undefined, now: Date): Retention {
  if (last === undefined && age === undefined)
    throw usageError("Say what to keep: --keep-last N, --older-than 30d, or both.");
  if (last !== undefined && !/^[1-9]\d{0,8}$/.test(last)) {
    throw usageError(`--keep-last takes a number from 1; "${last}" is none. vitrine rm takes a whole key away.`);
  }
  return { keep: Number(last ?? 1), since: age === undefined ? null : sinceOf(age, now) };
}

function sinceOf(age: string, now: Date): string {
  const [, amount, unit = ""] = /^(\d{1,6})([mhdw])$/.exec(age) ?? [];
  const seconds = Number(amount) * (UNITS[unit] ?? Number.NaN);
  if (Number.isNaN(seconds))
    throw usageError(`--older-than takes an age such as 90m, 12h, 30d or 8w; "${age}" is none.`);
  return new Date(now.getTime() - seconds * 1000).toISOString();
}

/** The versions that go, of rows that come key by key. */
export async function* expired(rows: AsyncIterable<Artifact>, { keep, since }: Retention): AsyncGenerator<Artifact> {
  let versions: Artifact[] = [];
  const gone = () =>
    versions
      .sort((a, b) => (b.version ?? 0) - (a.version ?? 0))
      .slice(keep)
      .filter(({ created }) => since === null || created < since);
  for await (const row of rows) {
    if (versions[0] && versions[0].key !== row.key) {
      yield* gone();
      versions = [];
    }
    versions.push(row);
  }
  yield* gone();
}
