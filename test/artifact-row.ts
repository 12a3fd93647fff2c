import type { Artifact } from "#contract/artifact";

/** A row of an artifact with these fields; the others have plain defaults. */
export function artifactRow(fields: Partial<Artifact> = {}): Artifact {
  const created = "2026-01-01T00:00:00.000000Z";
  return {
    id: "0199b3c8-0000-7000-8000-000000000001",
    key: "report",
    version: 1,
    type: "json",
    description: null,
    metadata: null,
    tags: [],
    flowRunId: null,
    taskRunId: null,
    created,
    updated: created,
    size: 1,
    rows: null,
    number: null,
    sha256: null,
    restoredFrom: null,
    ...fields,
  };
}
