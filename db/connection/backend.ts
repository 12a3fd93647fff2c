import { setTimeout as after } from "node:timers/promises";

/** Runs a statement on the connection for questions about others. */
export type Query = (text: string, values: string[]) => PromiseLike<Record<string, unknown>[]>;

/** A statement runs, or ended so recently that its response may be on its way. */
const RUNNING = `select from pg_stat_activity where pid = $1::int and
  ((state = 'active' and wait_event_type is distinct from 'Client') or state_change > clock_timestamp() - interval '2 s')`;

/** The pause between attempts to end a server process, in milliseconds, and how many there are. */
const PAUSE = 2_000;
const ATTEMPTS = 30;

/**
 * Whether the statement of a connection that delivers nothing still runs. This is queried over another connection, since
 * a long statement delivers nothing before its end.
 * @param pid its server process
 * @returns false also where the database does not respond to two questions
 */
export async function isRunning(query: Query, pid: number | null): Promise<boolean> {
  if (pid === null) return false;
  const find = () => query(RUNNING, [String(pid)]);
  const rows = await find().then(undefined, () => find().then(undefined, () => []));
  return rows.length > 0;
}

/** Ends the server process of a connection that was given up, so that its locks do not outlive it; tries for a minute. */
export async function terminate(query: Query, pid: number): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const isDone = await query("select pg_terminate_backend($1::int)", [String(pid)]).then(
      () => true,
      () => false,
    );
    if (isDone) return;
    await after(PAUSE, undefined, { ref: false });
  }
}
