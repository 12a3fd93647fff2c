/** How much there is of everything; the runs are the same at every number of artifacts. */
export interface Size {
  artifacts: number;
  keys: number;
  flows: number;
  deployments: number;
  flowRuns: number;
  taskRuns: number;
}

/** The sizes for a number of artifacts: over 50,000 keys (where there are so many), from 100,000 flow runs of 200 flows. */
export function sizeOf(artifacts: number): Size {
  return {
    artifacts,
    keys: Math.min(50_000, Math.ceil(artifacts / 2)),
    flows: 200,
    deployments: 300,
    flowRuns: 100_000,
    taskRuns: 200_000,
  };
}

/** A year, in which everything was made. */
export const FIRST = "2025-11-01T00:00:00Z";
export const LAST = "2026-11-01T00:00:00Z";

/** A number from 0 to 1 that depends on `n` and `salt` alone, so that the same volume comes out again. */
export function draw(n: string, salt: number): string {
  return `((hashint8extended(${n}, ${salt}) & 9007199254740991) / 9007199254740992.0::float8)`;
}

/** One of an SQL list of texts, each as likely as the other. */
export function oneOf(values: readonly string[], n: string, salt: number): string {
  const list = values.map((value) => `'${value}'`).join(", ");
  return `(array[${list}])[1 + floor(${draw(n, salt)} * ${values.length})::int]`;
}

/** The moment at a share (0 to 1) of the year. */
export function momentAt(share: string): string {
  return `('${FIRST}'::timestamptz + (${share}) * ('${LAST}'::timestamptz - '${FIRST}'::timestamptz))`;
}

/** An id as version 7 makes it: it grows with `created`. `n` keeps two of one millisecond apart. */
export function idAt(created: string, n: string, salt: number): string {
  const milliseconds = `lpad(to_hex((extract(epoch from ${created}) * 1000)::bigint), 12, '0')`;
  const rest = `md5('${salt}:' || ${n})`;
  return `(${milliseconds} || '7' || substr(${rest}, 1, 3) || '8' || substr(${rest}, 4, 15))::uuid`;
}
