/** The URL that compares what a version was before a change with what it is. */
export function compareRevisionHref(id: string, revision: number): string {
  return `${compareHref(id, id)}&from-revision=${revision}`;
}

/** The URL that compares two versions; without `from`, a version with the previous one. */
export function compareHref(to: string, from?: string): string {
  return `/artifacts/compare?${from ? `from=${from}&` : ""}to=${to}`;
}
