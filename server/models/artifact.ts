import { and, desc, eq, type Placeholder, type SQL, sql } from "drizzle-orm";
import type {
  Artifact,
  ArtifactCount,
  ArtifactDetail,
  ArtifactFacets,
  ArtifactList,
  ArtifactPage,
  ArtifactRead,
  ArtifactSort,
  ArtifactUpdate,
} from "#contract/artifact";
import { StoreError } from "#contract/error";
import type { Facets, Page } from "#contract/query";
import type { Database } from "#db/postgres";
import { artifact, artifactCollection, artifactData } from "#db/schema";
import { compiled } from "./compiled";
import { boundedCount } from "./count";
import { withData } from "./data";
import { facetsOf } from "./facets";
import { measure } from "./measure";
import { orderBy, walked } from "./page";
import { gone, keyInOrder, matching, versionOf, versionOrder } from "./version";

/** A version as lists give it, and with its data as stored. */
export type Stored<Row> = Omit<Row, "data"> & { text: string };

/** One version by id, or by key and number, with its data and neighbours. NOT_FOUND says when it was removed. */
export async function read(db: Database, which: ArtifactRead): Promise<Stored<ArtifactDetail>> {
  const [row] = "id" in which ? await byId(db).execute(which) : await byNumber(db).execute(which);
  if (!row) throw await gone(db, which);
  return detailOf(row);
}

/** The newest version of a key, under its own id. NOT_FOUND when none lives. */
export async function latest(db: Database, key: string): Promise<Stored<ArtifactDetail>> {
  const [row] = await newest(db).execute({ key });
  if (!row) throw new StoreError("NOT_FOUND", `No version of "${key}" lives.`, { key });
  return detailOf(row);
}

const byId = compiled((db) => detail(db, eq(artifact.id, sql.placeholder("id"))));

const byNumber = compiled((db) =>
  detail(db, and(eq(artifact.key, sql.placeholder("key")), eq(artifact.version, sql.placeholder("version")))),
);

const newest = compiled((db) => {
  const named = eq(artifactCollection.key, sql.placeholder("key"));
  const pointer = db.select({ id: artifactCollection.latestId }).from(artifactCollection).where(named);
  return detail(db, sql`${artifact.id} = (${pointer})`);
});

function detail(db: Database, named: SQL | undefined) {
  const { id, key, version } = artifact;
  const neighbour = (side: SQL, way: SQL) =>
    sql<
      string | null
    >`(select n.id from artifact n where n.key = ${key} and n.version ${side} ${version} order by n.version ${way} limit 1)`;
  return db
    .select({
      row: artifact,
      text: artifactData.data,
      older: neighbour(sql`<`, sql`desc`),
      newer: neighbour(sql`>`, sql`asc`),
    })
    .from(artifact)
    .innerJoin(artifactData, eq(artifactData.artifactId, id))
    .where(named)
    .prepare("detail");
}

type Detail = Awaited<ReturnType<ReturnType<typeof detail>["execute"]>>[number];

function detailOf({ row, text, older, newer }: Detail): Stored<ArtifactDetail> {
  return { ...row, text, isLatest: newer === null, older, newer };
}

/**
 * Changes a version in place under the lock of its key: absent keeps, null clears, nothing changes nothing.
 * NOT_FOUND, or CONFLICT with the current row when it is not the one that `ifUpdated` names.
 */
export async function update(db: Database, input: Omit<ArtifactUpdate, "data">, text?: string): Promise<Artifact> {
  const { id, ifUpdated, description, metadata } = input;
  const { size, rows, number } = text === undefined ? UNMEASURED : measure(await typeOf(db, id, text), text);
  const [row] = await db.execute(sql`
    select stale, (current).* from artifact_update(${id}::uuid, ${ifUpdated ?? null}::timestamptz, ${text ?? null}::json,
      ${size}::int, ${rows}::int, ${number}::float8, ${description !== undefined}, ${description ?? null},
      ${metadata !== undefined}, ${metadata ? JSON.stringify(metadata) : null}::jsonb)`);
  if (!row) throw await gone(db, { id });
  const current = versionOf(row);
  if (!row.stale) return current;
  throw new StoreError("CONFLICT", "This version was changed since: look at it and save again.", { current });
}

const UNMEASURED = { size: null, rows: null, number: null };

/** The type of a version, which never changes, where its new data could be a table. */
async function typeOf(db: Database, id: string, text: string): Promise<string | null> {
  if (!/^\s*[[{"]/.test(text)) return null;
  const [row] = await db.select({ type: artifact.type }).from(artifact).where(eq(artifact.id, id));
  return row?.type ?? null;
}

/** The versions that match, by limit and offset. PAYLOAD_TOO_LARGE when their data was asked for and is too much. */
export async function list(db: Database, { where, sort, limit, offset, include }: ArtifactList) {
  const which = await matching(db, artifact, where, sort);
  const rows = which ? await listed(db, sort, limit, offset, which) : await every(db)[sort].execute({ limit, offset });
  return withData(db, rows, include);
}

/** The page of ids comes from an index alone; only its rows are then read. */
function listed(
  db: Database,
  sort: ArtifactSort,
  limit: number | Placeholder,
  offset: number | Placeholder,
  which?: SQL,
) {
  const order = versionOrder(artifact, keyInOrder, sort);
  const ids = db.select({ id: artifact.id }).from(artifact).where(which).orderBy(orderBy(order));
  return db
    .select()
    .from(artifact)
    .where(sql`${artifact.id} in (${ids.limit(limit).offset(offset)})`)
    .orderBy(orderBy(order));
}

const every = compiled((db) => {
  const by = (sort: ArtifactSort) =>
    listed(db, sort, sql.placeholder("limit"), sql.placeholder("offset")).prepare(sort);
  return {
    ID_DESC: by("ID_DESC"),
    CREATED_DESC: by("CREATED_DESC"),
    CREATED_ASC: by("CREATED_ASC"),
    UPDATED_DESC: by("UPDATED_DESC"),
    KEY_ASC: by("KEY_ASC"),
    KEY_DESC: by("KEY_DESC"),
  };
});

/** The versions that match, a page at a time by cursor. Errors: those of `list`, and BAD_REQUEST for a foreign cursor. */
export async function page(db: Database, input: ArtifactPage): Promise<Page<Artifact & { text?: string }>> {
  const { where, sort, include } = input;
  const which = await matching(db, artifact, where, sort);
  const order = versionOrder(artifact, keyInOrder, sort);
  const page = await walked(input, order, ["artifact", sort, where ?? {}], (from, by, limit) =>
    db.select().from(artifact).where(and(which, from)).orderBy(by).limit(limit),
  );
  return { ...page, items: await withData(db, page.items, include) };
}

/** How many versions match; with `atMost`, counted no further than one beyond it. */
export async function total(db: Database, { where, atMost }: ArtifactCount): Promise<number> {
  const which = await matching(db, artifact, where);
  return boundedCount(db, db.select({ id: artifact.id }).from(artifact).where(which).$dynamic(), atMost);
}

/** What the versions that match have in common. */
export async function facets(db: Database, { where }: ArtifactFacets): Promise<Facets> {
  const found = db
    .select({ type: artifact.type, flow_run_id: artifact.flowRunId })
    .from(artifact)
    .where(await matching(db, artifact, where))
    .orderBy(desc(artifact.created), desc(artifact.id));
  return facetsOf(db, sql`${found}`);
}
