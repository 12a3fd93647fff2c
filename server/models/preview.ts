import { sql } from "drizzle-orm";
import { LARGE_VALUES } from "#db/connection/large-values";
import type { Database } from "#db/postgres";
import { previewOf } from "#formats/preview";
import { createPauses, runBySize } from "#formats/steps";
import { loadText, STORED_DATA } from "./data/load";
import { withAdvisoryLock } from "./locks";
import { uuids } from "./query/where";

/** How many previews are made at once, of data of so many bytes in total unless it is that of one version. */
const BATCH = { versions: 200, bytes: 4 * 1024 * 1024 };

// Any fixed number: of the processes that make previews at the same time, the one that has this advisory lock does.
const LOCK = 0x76_69_74_76;

interface PendingVersion extends Record<string, unknown> {
  id: string;
  type: string | null;
  rows: number | null;
  size: string;
  /** The transaction that wrote the data. */
  stamp: string;
  data: string;
}

/**
 * Makes the previews of some versions that have none, the newest first. Does nothing while another process does it.
 * @param lost versions that are left out, to which those are added whose data is lost
 * @returns whether there may be more of them
 */
export async function makePreviews(db: Database, lost = new Set<string>()): Promise<boolean> {
  return withAdvisoryLock(db, LOCK, false, async (tx) => {
    const versions = await pendingVersions(tx, lost);
    const pause = createPauses();
    const previews: { id: string; stamp: string; preview: unknown }[] = [];
    for (const { id, type, rows, size, stamp, data } of versions) {
      const bytes = Number(size);
      const text = await loadText(tx, data);
      if (text === null) {
        lost.add(id);
        continue;
      }
      previews.push({ id, stamp, preview: await runBySize(bytes, previewOf(type, text, rows)) });
      await pause(bytes);
    }
    await store(tx, previews);
    return versions.length > 0;
  });
}

function pendingVersions(tx: Database, lost: ReadonlySet<string>): Promise<PendingVersion[]> {
  return tx.execute<PendingVersion>(sql`
    select v.id, v.type, v.rows, v.size, d.xmin::text as stamp, ${STORED_DATA} as data ${LARGE_VALUES}
    from (
      select v.*, sum(size) over (order by id desc) - size as before
      from (select artifact_id from artifact_preview_pending where artifact_id <> all(${uuids([...lost])}) order by artifact_id desc limit ${BATCH.versions}) p
        join (select id, type, rows, size from artifact union all select id, type, rows, size from artifact_trash) v
          on v.id = p.artifact_id) v
      join artifact_data d on d.artifact_id = v.id
    where before < ${BATCH.bytes} order by v.id desc`);
}

/**
 * Whoever changes or deletes data locks its row first, as is done here: a preview is never that of earlier data. Rows that
 * are locked stay pending; waiting for them could be a deadlock.
 */
async function store(tx: Database, previews: { id: string; stamp: string; preview: unknown }[]): Promise<void> {
  if (previews.length === 0) return;
  await tx.execute(sql`
    with built as materialized (
      select * from json_to_recordset(${JSON.stringify(previews)}::json) as built (id uuid, stamp text, preview json)),
    unchanged as materialized (
      select d.artifact_id, built.preview from artifact_data d join built on built.id = d.artifact_id
      where d.xmin::text = built.stamp for share of d skip locked),
    stored as (
      insert into artifact_preview (artifact_id, preview) select artifact_id, preview from unchanged
      where preview is not null on conflict do nothing)
    delete from artifact_preview_pending p using unchanged u where p.artifact_id = u.artifact_id`);
}
