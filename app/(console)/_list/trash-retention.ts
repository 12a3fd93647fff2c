import { pluralize } from "#formats/number";

/** How long deleted versions can be restored, as a sentence; 0 days is for ever. */
export function restorableText(trashDays: number, versions: number): string {
  const what = versions === 1 ? "it" : "them";
  return trashDays === 0
    ? `You can restore ${what} at any time.`
    : `You can restore ${what} for ${pluralize(trashDays, "day")}.`;
}

/** How long deleted versions stay in the trash, as a sentence; 0 days is for ever. */
export function retentionText(trashDays: number): string {
  return trashDays === 0
    ? "Deleted items stay here until you delete them permanently."
    : `Deleted items stay here for ${pluralize(trashDays, "day")}.`;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** When a version that was deleted at `removed` is deleted permanently; null where it stays for ever. */
export function permanentDeletionOf(removed: string, trashDays: number): string | null {
  return trashDays === 0 ? null : new Date(Date.parse(removed) + trashDays * DAY).toISOString();
}

/**
 * How long from `now` (milliseconds) until a permanent deletion, by a sweep each hour: `in 30 days`, `within an hour`. In full
 * days, of which the first has just begun: 30 right after a deletion that can be undone for 30.
 */
export function timeUntil(deletion: string, now: number): string {
  const left = Date.parse(deletion) - now;
  if (left > DAY) return `in ${pluralize(Math.ceil(left / DAY), "day")}`;
  return left > HOUR ? `in ${pluralize(Math.ceil(left / HOUR), "hour")}` : "within an hour";
}
