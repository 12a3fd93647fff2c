import { pluralize } from "#formats/number";

/** How long deleted versions can be restored, as a sentence; 0 days is for ever. */
export function restorableText(trashDays: number): string {
  return trashDays === 0
    ? "You can restore them at any time."
    : `You can restore them for ${pluralize(trashDays, "day")}.`;
}

/** How long deleted versions stay in the trash, as a sentence; 0 days is for ever. */
export function retentionText(trashDays: number): string {
  return trashDays === 0
    ? "Deleted items stay here until you delete them permanently."
    : `Deleted items stay here for ${pluralize(trashDays, "day")}.`;
}
