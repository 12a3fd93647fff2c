import { sql } from "drizzle-orm";
import type { About } from "#contract/about";
import type { Artifact } from "#contract/artifact";
import type { Database } from "#db/postgres";
import {
  actor,
  artifact,
  artifactCollection,
  artifactTrash,
  collectionAbout,
  deployment,
  flow,
  flowRun,
  label,
  taskRun,
} from "#db/schema";
import { type Dataset, groupedByKey, idOf } from "./draw";

/** Replaces the content of the database by a dataset. */
export async function plant(db: Database, dataset: Dataset): Promise<void> {
  await db.execute(
    sql`truncate artifact, artifact_collection, collection_key, artifact_data, artifact_trash, artifact_idempotency, artifact_revision, label, collection_about, pin, read_mark, flow, search_latest, search_version, search_pending cascade`,
  );
  await db.execute(sql`truncate task_run cascade`);
  const published = (row: Artifact) => ({ ...stored(row), createdBy: dataset.authors.get(row.id) ?? null });
  const artifacts = dataset.artifacts.map(published);
  const trash = dataset.trash.map(published);
  const runs = dataset.flowRuns.map(({ state, ...run }) => ({ ...run, ...columnsOf(state), parentTaskRunId: null }));
  const tasks = dataset.taskRuns.map(({ state, ...run }) => ({ ...run, ...columnsOf(state) }));
  const removed = trash.map((row) => ({ ...row, removed: row.updated, removal: row.id }));
  const parents = dataset.flowRuns.filter((run) => run.parentTaskRunId);
  if (dataset.flows.length) await db.insert(flow).values(dataset.flows);
  if (dataset.deployments.length) await db.insert(deployment).values(dataset.deployments);
  if (runs.length) await db.insert(flowRun).values(runs);
  if (tasks.length) await db.insert(taskRun).values(tasks);
  if (dataset.actors.length) {
    const actors = dataset.actors.map((row) => ({ ...row, kind: "person" as const }));
    // Those of other datasets are left.
    await db
      .insert(actor)
      .values(actors)
      .onConflictDoUpdate({ target: actor.id, set: { name: sql`excluded.name` } });
  }
  if (artifacts.length) await db.insert(artifact).values(artifacts);
  if (removed.length) await db.insert(artifactTrash).values(removed);
  if (dataset.labels.length)
    await db.insert(label).values(dataset.labels.map((row) => ({ ...row, updated: "2026-01-01T00:00:00Z" })));
  if (dataset.abouts.length) await db.insert(collectionAbout).values(dataset.abouts.map(stored));
  const collections = collectionsOf(dataset);
  if (collections.length) await db.insert(artifactCollection).values(collections);
  await db.execute(sql`insert into artifact_data (artifact_id, data)
    select id, 'null'::json from artifact union all select id, 'null'::json from artifact_trash`);
  await db.execute(sql`update flow_run set parent_task_run_id = parent from
    json_to_recordset(${JSON.stringify(parents.map(({ id, parentTaskRunId: parent }) => ({ id, parent })))}::json)
      as child (id uuid, parent uuid) where flow_run.id = child.id`);
}

/** A row as it is stored: no tags are null. */
function stored<Row extends { tags: string[] }>({ tags, ...row }: Row) {
  return { ...row, tags: tags.length > 0 ? tags : null };
}

function columnsOf(state: Dataset["flowRuns"][number]["state"]) {
  const { type, name, message, timestamp } = state ?? {};
  return { stateType: type, stateName: name, stateMessage: message, stateTimestamp: timestamp };
}

/** The latest version of each key of a dataset, with the number of its versions. */
export function latestOf({ artifacts, abouts }: Pick<Dataset, "artifacts" | "abouts">) {
  const keyed = artifacts.filter((row) => row.key !== null);
  return [...groupedByKey(keyed).values()].map((versions) => {
    const [latest] = versions.toSorted((a, b) => Number(b.version) - Number(a.version));
    if (!latest) throw new Error("a group has a first row");
    const { key: _, ...about } = abouts.find(({ key }) => key === latest.key) ?? { key: null };
    return {
      ...latest,
      about: "updated" in about ? about : null,
      collectionId: collectionIdOf(latest.key),
      versions: versions.length,
    };
  });
}

function collectionIdOf(key: string | null): string {
  return idOf(`collection ${key}`, 0);
}

function collectionsOf(dataset: Dataset): (typeof artifactCollection.$inferInsert)[] {
  const latest = new Map<string | null, Artifact & { versions: number; about: About | null }>(
    latestOf(dataset).map((row) => [row.key, row]),
  );
  const keyed = [...dataset.artifacts, ...dataset.trash].filter((row) => row.key !== null);
  return [...groupedByKey(keyed)].map(([key, versions]) => {
    const { id, versions: live = 0, description, metadata, tags, about, ...copied } = latest.get(key) ?? {};
    const lastVersion = Math.max(...versions.map(({ version }) => Number(version)));
    const lastCreated =
      versions
        .map((row) => row.created)
        .sort()
        .at(-1) ?? "";
    return { ...copied, key: key ?? "", id: collectionIdOf(key), latestId: id, lastVersion, lastCreated, live };
  });
}
