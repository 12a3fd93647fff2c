import type { useClient } from "#app/_data/client";
import { handleRemovalError } from "#app/_data/forced-removal";
import { toastError } from "#app/_data/mutation";
import { requestReason, type Why } from "#app/_ui/confirm";
import { toast } from "#app/_ui/toast";

interface Page {
  client: ReturnType<typeof useClient>;
  /** Opens the latest version. */
  open: () => void;
  refresh: () => void;
}

/** Publishes a copy of a version as the latest, opens it, and offers Undo, which deletes the copy. */
export async function makeLatest(page: Page, id: string, why: Why = {}): Promise<void> {
  try {
    const row = await page.client.artifact.makeLatest.mutate({ id, ...why });
    if (row.unchanged) toast(`v${row.version}, the latest, has the same content already`);
    else {
      toast(`Published v${row.version}, restored from v${row.restoredFrom}`, {
        action: { label: "Undo", run: () => deleteCopy(page, { id: row.id }) },
      });
    }
    page.open();
    page.refresh();
  } catch (error) {
    toastError(error);
  }
}

/** Asks why before a version becomes the latest. */
export function makeLatestWithReason(page: Page, { id, version }: { id: string; version: number }): void {
  requestReason({
    title: `Make v${version} the latest?`,
    text: "A copy of it will be published as the next version.",
    confirm: `Make v${version} the latest`,
    look: "primary",
    run: (why) => makeLatest(page, id, why),
  });
}

async function deleteCopy(page: Page, removal: { id: string; force?: string[] | undefined }): Promise<void> {
  try {
    const { key, version } = await page.client.artifact.remove.mutate(removal);
    toast(`Deleted v${version} of ${key}`);
    page.refresh();
  } catch (error) {
    handleRemovalError(error, removal, (forced) => deleteCopy(page, forced));
  }
}
