import type { TrashedArtifact } from "#contract/trash";

/** Rows that were removed together and follow each other. */
export interface RemovedTogether {
  removal: string;
  rows: TrashedArtifact[];
}

/** Rows in their order, those of one removal together. */
export function together(rows: TrashedArtifact[]): RemovedTogether[] {
  const groups: RemovedTogether[] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last?.removal === row.removal) last.rows.push(row);
    else groups.push({ removal: row.removal, rows: [row] });
  }
  return groups;
}
