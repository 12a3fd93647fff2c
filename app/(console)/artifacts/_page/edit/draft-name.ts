export const DRAFT_PREFIX = "vitrine draft ";

/** The name under which the draft for a version is in the storage of the tab. */
export function draftName(id: string): string {
  return DRAFT_PREFIX + id;
}
