import { storedText } from "#app/_ui/stored-text";
import type { Artifact } from "#contract/artifact";

/** In milliseconds. Who comes back later begins another visit. */
const PAUSE = 30 * 60_000;
/** In milliseconds, between two notes that the list is on screen. */
const NOTE_INTERVAL = 60_000;
const MAX_SEEN = 500;

/** When this browser showed the lists of artifacts, as timestamps. */
export interface Visit {
  /** The end of the visit before, or the beginning of the first one. */
  since: string;
  /** When a list was last on screen. */
  until: string;
  /** By key, when the newest version was created that this visit opened. */
  seen: Record<string, string>;
}

type Row = Pick<Artifact, "key" | "created">;

const stored = storedText("vitrine:visit");

/** The visit at a time. It goes on from a stored one that is recent. */
export function visitAt(now: Date, last: Visit | null): Visit {
  const until = now.toISOString();
  if (last === null) return { since: until, until, seen: {} };
  const isOver = now.getTime() - Date.parse(last.until) > PAUSE;
  return isOver ? { since: last.until, until, seen: {} } : { ...last, until };
}

/** Whether a version was created since the visit before and has not been opened. */
export function isNew({ since, seen }: Visit, { key, created }: Row): boolean {
  const opened = key !== null && Object.hasOwn(seen, key) ? seen[key] : undefined;
  return created > since && (opened === undefined || created > opened);
}

/** The visit once a version was opened. */
export function withSeen(visit: Visit, { key, created }: Row): Visit {
  if (key === null || !isNew(visit, { key, created })) return visit;
  const others = Object.entries(visit.seen).filter(([name]) => name !== key);
  return { ...visit, seen: Object.fromEntries([...others, [key, created] as const].slice(-MAX_SEEN)) };
}

/** Ignores what an earlier or later program may have stored. */
export function parseVisit(text: string | null): Visit | null {
  try {
    const { since, until, seen }: Partial<Record<keyof Visit, unknown>> = JSON.parse(text ?? "{}");
    if (!isTime(since) || !isTime(until) || typeof seen !== "object" || seen === null) return null;
    const entries = Object.entries(seen).filter((entry): entry is [string, string] => isTime(entry[1]));
    return { since, until, seen: Object.fromEntries(entries) };
  } catch {
    return null;
  }
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

const read = () => parseVisit(stored.read());
const write = (visit: Visit) => stored.write(JSON.stringify(visit));

/** Notes that a list is on screen, and calls a listener with what is new in it until the returned function is called. */
export function watchVisit(listener: (isNewRow: (row: Row) => boolean) => void): () => void {
  const note = () => document.visibilityState === "visible" && write(visitAt(new Date(), read()));
  const report = () => {
    const visit = read();
    // Where the browser stores nothing, nothing is known to be new.
    listener((row) => visit !== null && isNew(visit, row));
  };
  const end = stored.subscribe(report);
  const timer = setInterval(note, NOTE_INTERVAL);
  document.addEventListener("visibilitychange", note);
  note();
  report();
  return () => {
    end();
    clearInterval(timer);
    document.removeEventListener("visibilitychange", note);
  };
}

/** Notes that a version was opened. */
export function noteSeen(row: Row): void {
  const visit = read();
  if (visit && withSeen(visit, row) !== visit) write(withSeen(visit, row));
}

/** Notes that all versions until now are known. */
export function noteAllSeen(): void {
  const now = new Date().toISOString();
  write({ since: now, until: now, seen: {} });
}
