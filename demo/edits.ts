import type { Vitrine } from "#client/connect";
import type { CollectionUpdate } from "#contract/about";
import type { ArtifactUpdate } from "#contract/artifact";
import { VitrineError } from "#contract/error";
import type { Json } from "#contract/json";
import type { CollectionLabel } from "#contract/label";

/** A change of the latest version of a key: what is absent stays, and `append` is added to its text. */
type Change = Pick<ArtifactUpdate, "description" | "metadata" | "reason"> & { key: string; append?: string };

/** What people do with published versions. */
export interface Edits {
  /** Facts of keys. */
  abouts: CollectionUpdate[];
  changes?: Change[];
  labels?: CollectionLabel[];
  pins?: string[];
}

/** Does what is planned, once: where the first key has facts, a reader may have changed them and the rest since. */
export async function edit(vitrine: Vitrine, { abouts, changes = [], labels = [], pins = [] }: Edits): Promise<void> {
  const [first, ...others] = abouts;
  if (!first || (await vitrine.collection.about.query({ key: first.key })) !== null) return;
  for (const { key, append, ...fields } of changes) {
    await unlessDeleted(async () => {
      const { id, data } = await vitrine.collection.latest.query({ key });
      const added: { data?: Json } = append === undefined ? {} : { data: `${data}${append}` };
      await vitrine.artifact.update.mutate({ id, ...fields, ...added });
    });
  }
  for (const label of labels) await unlessDeleted(() => vitrine.collection.label.mutate(label));
  for (const key of pins) await unlessDeleted(() => vitrine.collection.pin.mutate({ key }));
  for (const about of [...others, first]) await unlessDeleted(() => vitrine.collection.update.mutate(about));
}

async function unlessDeleted(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof VitrineError) || error.code !== "NOT_FOUND") throw error;
  }
}
