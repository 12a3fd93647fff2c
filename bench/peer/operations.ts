import type { Database } from "#db/postgres";
import type { Sent } from "../load/job";
import { drawsOf } from "../queries/draws";
import { cursorAt } from "../queries/positions";

/** One thing that both servers do; ours may do it in more than one way, each compared with Prefect's one. */
export interface Operation {
  name: string;
  /** What it is called for the aims: 20 times for reads and lists, 15 for writes. */
  kind: "read" | "write";
  prefect(round: number): Sent[];
  /** The same requests for our own REST door, where they cannot be those that Prefect got. */
  rest?: (round: number) => Sent[];
  vitrine: Record<string, (round: number) => Sent[]>;
  once?: boolean;
}

/** Different requests of one kind, sent in turns. */
const VARIETY = 500;

/** Deletions in a round, at each server; the rows are deleted nowhere else. */
const DELETIONS = 2_500;

const TEXT = JSON.stringify("All rows were read, no gaps were found. ".repeat(25));

/** The operations, over rows that both databases hold. */
export async function operations(db: Database, size: number, rounds: number): Promise<Operation[]> {
  const draws = await drawsOf(db);
  const doomed = await idsOf(db, "%0", DELETIONS * rounds);
  const doomedToo = await idsOf(db, "%8", DELETIONS * rounds);
  const kept = await idsOf(db, "%[1-79a-f]", VARIETY);
  const some = <T>(one: () => T): T[] => Array.from({ length: VARIETY }, one);
  let made = 0;
  const fresh = () => ({ key: `made-${made++ % 5_000}`, type: "markdown", description: "Made under load" });
  const type = {
    prefect: { artifacts: { type: { any_: ["table"] } } },
    ours: { artifacts: { type: { any: ["table"] } } },
  };
  const flow = draws.busyFlows().name;
  const byFlow = { prefect: { flows: { name: { any_: [flow] } } }, ours: { flows: { name: { any: [flow] } } } };
  const lists = (name: string, where: typeof type | typeof byFlow | null, limit: number, offset = 0): Operation => {
    const asked = { ...(where && { where: where.ours }), sort: "CREATED_DESC", limit, offset };
    return {
      name,
      kind: "read",
      prefect: () => [post("/api/artifacts/filter", { ...where?.prefect, sort: "CREATED_DESC", limit, offset })],
      vitrine: {
        "without data": () => [query("artifact.list", asked)],
        "with data": () => [query("artifact.list", { ...asked, include: ["data"] })],
      },
    };
  };
  const deep = lists("50 from the middle", null, 50, Math.floor(size / 2));
  const cursor = await cursorAt(db, "artifact", "CREATED_DESC", Math.floor(size / 2));
  return [
    {
      name: "read by id",
      kind: "read",
      prefect: () => kept.map((id) => ({ method: "GET", path: `/api/artifacts/${id}` })),
      vitrine: { "": () => kept.map((id) => query("artifact.read", { id })) },
    },
    {
      name: "latest by key",
      kind: "read",
      prefect: () => some(() => ({ method: "GET", path: `/api/artifacts/${draws.keys()}/latest` })),
      vitrine: { "": () => some(() => query("collection.latest", { key: draws.keys() })) },
    },
    lists("list of 50 by type", type, 50),
    lists("list of 50 by flow", byFlow, 50),
    lists("list of 200 by type", type, 200),
    lists("list of 200", null, 200),
    {
      name: "latest of 50 keys by type",
      kind: "read",
      prefect: () => [post("/api/artifacts/latest/filter", { ...type.prefect, sort: "CREATED_DESC", limit: 50 })],
      vitrine: {
        "without data": () => [query("collection.list", { where: type.ours, limit: 50 })],
        "with data": () => [query("collection.list", { where: type.ours, limit: 50, include: ["data"] })],
      },
    },
    {
      ...deep,
      vitrine: {
        ...deep.vitrine,
        "by cursor, with data": () => [query("artifact.page", { limit: 50, cursor, include: ["data"] })],
      },
    },
    {
      name: "count by type",
      kind: "read",
      prefect: () => [post("/api/artifacts/count", type.prefect)],
      vitrine: {
        exact: () => [query("artifact.count", { where: type.ours })],
        "to 10,000": () => [query("artifact.count", { where: type.ours, atMost: 10_000 })],
      },
    },
    {
      name: "create of 1 kB",
      kind: "write",
      prefect: () => some(() => post("/api/artifacts/", { ...fresh(), data: JSON.parse(TEXT) })),
      vitrine: { "": () => some(() => post("/api/trpc/artifact.create", { ...fresh(), data: JSON.parse(TEXT) })) },
    },
    {
      name: "update of a description",
      kind: "write",
      prefect: () =>
        kept.map((id) => ({ method: "PATCH", path: `/api/artifacts/${id}`, body: '{"description":"Changed"}' })),
      vitrine: { "": () => kept.map((id) => post("/api/trpc/artifact.update", { id, description: "Changed" })) },
    },
    {
      name: "delete",
      kind: "write",
      once: true,
      prefect: (round) => slice(doomed, round).map(deletion),
      rest: (round) => slice(doomedToo, round).map(deletion),
      vitrine: { "": (round) => slice(doomed, round).map((id) => post("/api/trpc/artifact.remove", { id })) },
    },
  ];
}

function deletion(id: string): Sent {
  return { method: "DELETE", path: `/api/artifacts/${id}` };
}

function slice(ids: string[], round: number): string[] {
  return ids.slice(round * DELETIONS, (round + 1) * DELETIONS);
}

function post(path: string, body: unknown): Sent {
  return { method: "POST", path, body: JSON.stringify(body) };
}

function query(procedure: string, input: unknown): Sent {
  return { method: "GET", path: `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}` };
}

/** Ids in no order, whose text ends as the pattern says. */
async function idsOf(db: Database, ending: string, most: number): Promise<string[]> {
  const rows = await db.execute(
    `select id from artifact where id::text similar to '${ending}' order by md5(id::text) limit ${most}`,
  );
  return rows.map(({ id }) => String(id));
}
