import type { Database } from "#db/postgres";
import type { LoadRequest } from "../load/protocol";
import { cursorAt } from "../queries/later-pages";
import { readSamples } from "../queries/samples";

/** One operation of both servers. Vitrine may have several variants, each compared with Prefect's single one. */
export interface Operation {
  name: string;
  prefect(round: number): LoadRequest[];
  /** Requests for Vitrine's REST API, where they must differ from Prefect's. */
  rest?: (round: number) => LoadRequest[];
  /** tRPC requests by variant; `""` for the only one. */
  vitrine: Record<string, (round: number) => LoadRequest[]>;
  once?: boolean;
}

/** Number of different requests of one operation, sent in turn. */
const VARIETY = 500;

/** Deletions per round and variant; every row is deleted once. */
const DELETIONS = 2_500;

/** The ids that no deletion takes, as a pattern of SQL. */
const UNDELETED = "%[1-79a-f]";

const TEXT = JSON.stringify("All rows were read, no gaps were found. ".repeat(25));

/** The operations, over rows that both databases have. */
export async function peerOperations(db: Database, size: number, rounds: number): Promise<Operation[]> {
  const samples = await readSamples(db);
  const deletable = await idsOf(db, "%0", DELETIONS * rounds);
  const deletableByRest = await idsOf(db, "%8", DELETIONS * rounds);
  const ids = await idsOf(db, UNDELETED, VARIETY);
  const keys = await textsOf(
    db,
    `select distinct key from artifact where key is not null and id::text similar to '${UNDELETED}' limit ${VARIETY}`,
  );
  const some = <T>(one: () => T): T[] => Array.from({ length: VARIETY }, one);
  let created = 0;
  const newArtifact = () => ({
    key: `created-${created++ % 5_000}`,
    type: "markdown",
    description: "Created under load",
  });
  const type = {
    prefect: { artifacts: { type: { any_: ["table"] } } },
    ours: { artifacts: { type: { any: ["table"] } } },
  };
  const flow = samples.busyFlows().name;
  const byFlow = { prefect: { flows: { name: { any_: [flow] } } }, ours: { flows: { name: { any: [flow] } } } };
  const lists = (name: string, where: typeof type | typeof byFlow | null, limit: number, offset = 0): Operation => {
    const input = { ...(where && { where: where.ours }), sort: "CREATED_DESC", limit, offset };
    return {
      name,
      prefect: () => [post("/api/artifacts/filter", { ...where?.prefect, sort: "CREATED_DESC", limit, offset })],
      vitrine: {
        "without data": () => [query("artifact.list", input)],
        "with data": () => [query("artifact.list", { ...input, include: ["data"] })],
      },
    };
  };
  const deep = lists("50 from the middle", null, 50, Math.floor(size / 2));
  const cursor = await cursorAt(db, "artifact", "CREATED_DESC", Math.floor(size / 2));
  return [
    {
      name: "read by id",
      prefect: () => ids.map((id) => ({ method: "GET", path: `/api/artifacts/${id}` })),
      vitrine: { "": () => ids.map((id) => query("artifact.read", { id })) },
    },
    {
      name: "latest by key",
      prefect: () => keys.map((key) => ({ method: "GET", path: `/api/artifacts/${key}/latest` })),
      vitrine: { "": () => keys.map((key) => query("collection.latest", { key })) },
    },
    lists("list of 50 by type", type, 50),
    lists("list of 50 by flow", byFlow, 50),
    lists("list of 200 by type", type, 200),
    lists("list of 200", null, 200),
    {
      name: "latest of 50 keys by type",
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
      prefect: () => [post("/api/artifacts/count", type.prefect)],
      vitrine: {
        exact: () => [query("artifact.count", { where: type.ours })],
        "to 10,000": () => [query("artifact.count", { where: type.ours, atMost: 10_000 })],
      },
    },
    {
      name: "create of 1 kB",
      prefect: () => some(() => post("/api/artifacts/", { ...newArtifact(), data: JSON.parse(TEXT) })),
      vitrine: {
        "": () => some(() => post("/api/trpc/artifact.create", { ...newArtifact(), data: JSON.parse(TEXT) })),
      },
    },
    {
      name: "update of a description",
      prefect: () =>
        ids.map((id) => ({ method: "PATCH", path: `/api/artifacts/${id}`, body: '{"description":"Changed"}' })),
      vitrine: { "": () => ids.map((id) => post("/api/trpc/artifact.update", { id, description: "Changed" })) },
    },
    {
      name: "delete",
      once: true,
      prefect: (round) => idsOfRound(deletable, round).map(deleteRequest),
      rest: (round) => idsOfRound(deletableByRest, round).map(deleteRequest),
      vitrine: { "": (round) => idsOfRound(deletable, round).map((id) => post("/api/trpc/artifact.remove", { id })) },
    },
  ];
}

function deleteRequest(id: string): LoadRequest {
  return { method: "DELETE", path: `/api/artifacts/${id}` };
}

function idsOfRound(ids: string[], round: number): string[] {
  return ids.slice(round * DELETIONS, (round + 1) * DELETIONS);
}

function post(path: string, body: unknown): LoadRequest {
  return { method: "POST", path, body: JSON.stringify(body) };
}

function query(procedure: string, input: unknown): LoadRequest {
  return { method: "GET", path: `/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}` };
}

/** Ids in random order whose text matches the SQL pattern. */
function idsOf(db: Database, pattern: string, limit: number): Promise<string[]> {
  return textsOf(
    db,
    `select id from artifact where id::text similar to '${pattern}' order by md5(id::text) limit ${limit}`,
  );
}

async function textsOf(db: Database, statement: string): Promise<string[]> {
  return (await db.execute(statement)).map((row) => String(Object.values(row)[0]));
}
