/** The URL that compares two versions; without `from`, a version with the previous one. */
export function compareHref(to: string, from?: string): string {
  return `/artifacts/compare?${from ? `from=${from}&` : ""}to=${to}`;
}
