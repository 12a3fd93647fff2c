/** Row counts of a generated database. */
export interface VolumeSize {
  artifacts: number;
  keys: number;
  flows: number;
  deployments: number;
  flowRuns: number;
  taskRuns: number;
}

/** Up to 50,000 keys; the same 100,000 flow runs of 200 flows at every number of artifacts. */
export function sizeOf(artifacts: number): VolumeSize {
  return {
    artifacts,
    keys: Math.min(50_000, Math.ceil(artifacts / 2)),
    flows: 200,
    deployments: 300,
    flowRuns: 100_000,
    taskRuns: 200_000,
  };
}

/** The year in which all rows were created. */
const FIRST = "2025-11-01T00:00:00Z";
const LAST = "2026-11-01T00:00:00Z";

/** SQL for a number from 0 to 1 that depends on `n` and `salt` only, so that the generated rows are reproducible. */
export function randomSql(n: string, salt: number): string {
  return `((hashint8extended(${n}, ${salt}) & 9007199254740991) / 9007199254740992.0::float8)`;
}

/** SQL for one of the values, uniformly distributed. */
export function pickSql(values: readonly string[], n: string, salt: number): string {
  const list = values.map((value) => `'${value}'`).join(", ");
  return `(array[${list}])[1 + floor(${randomSql(n, salt)} * ${values.length})::int]`;
}

/** SQL for the timestamp at a share (0 to 1) of the year. */
export function timestampSql(share: string): string {
  return `('${FIRST}'::timestamptz + (${share}) * ('${LAST}'::timestamptz - '${FIRST}'::timestamptz))`;
}

/** SQL for a UUID version 7: it grows with `created`, and `n` makes it unique within a millisecond. */
export function uuidSql(created: string, n: string, salt: number): string {
  const milliseconds = `lpad(to_hex((extract(epoch from ${created}) * 1000)::bigint), 12, '0')`;
  const rest = `md5('${salt}:' || ${n})`;
  return `(${milliseconds} || '7' || substr(${rest}, 1, 3) || '8' || substr(${rest}, 4, 15))::uuid`;
}
