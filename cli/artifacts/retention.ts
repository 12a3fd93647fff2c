import type { Artifact } from "#contract/artifact";
import { usageError } from "../terminal/error";

/** A version of a key is kept if it is among the newest `keep`, or was created at or after `since`. */
export interface Retention {
  keep: number;
  since: string | null;
}

const SECONDS: Record<string, number> = { m: 60, h: 3600, d: 86_400, w: 604_800 };

/**
 * Parses `--keep-last` and `--older-than`. Without the first, the latest version of a key is kept.
 * @throws CliError (usage) if both are missing or one is invalid
 */
export function parseRetention(keepLast: string | undefined, olderThan: string | undefined, now: Date): Retention {
  if (keepLast === undefined && olderThan === undefined) {
    throw usageError("Set what to keep: --keep-last N, --older-than AGE, or both.");
  }
  if (keepLast !== undefined && !/^[1-9]\d{0,8}$/.test(keepLast)) {
    throw usageError(`Invalid --keep-last "${keepLast}": use a number from 1. To delete a whole key, use vitrine rm.`);
  }
  return { keep: Number(keepLast ?? 1), since: olderThan === undefined ? null : subtract(olderThan, now) };
}

/** How many seconds `90m`, `12h`, `30d` or `8w` is; null for another text. */
export function secondsOf(age: string): number | null {
  const [, amount, unit = ""] = /^(\d{1,6})([mhdw])$/.exec(age) ?? [];
  const seconds = Number(amount) * (SECONDS[unit] ?? Number.NaN);
  return Number.isNaN(seconds) ? null : seconds;
}

function subtract(age: string, now: Date): string {
  const seconds = secondsOf(age);
  if (seconds === null) {
    throw usageError(`Invalid --older-than "${age}": use a number and m, h, d or w, such as 90m or 30d.`);
  }
  return new Date(now.getTime() - seconds * 1000).toISOString();
}

/** The versions that are not kept. `rows` must be grouped by key. */
export async function* expired(rows: AsyncIterable<Artifact>, { keep, since }: Retention): AsyncGenerator<Artifact> {
  let versions: Artifact[] = [];
  const expiredVersions = () =>
    versions
      .sort((a, b) => (b.version ?? 0) - (a.version ?? 0))
      .slice(keep)
      .filter(({ created }) => since === null || created < since);
  for await (const row of rows) {
    if (versions[0] && versions[0].key !== row.key) {
      yield* expiredVersions();
      versions = [];
    }
    versions.push(row);
  }
  yield* expiredVersions();
}
