import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { DataProvider } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { groupsOf } from "./artifact-groups";
import { ArtifactTable } from "./artifact-table";
import { artifactHref } from "./artifact-url";
import type { Sorting } from "./columns/column-head";
import { type RowActions, rowName } from "./row-actions";

const artifact = (part: Partial<Artifact>): Artifact => ({
  id: "0199b3c8-0000-7000-8000-000000000001",
  key: "sales",
  version: 3,
  type: "table",
  tags: [],
  description: null,
  metadata: null,
  flowRunId: null,
  taskRunId: null,
  created: "2026-11-23T03:45:00.123456Z",
  updated: "2026-11-23T03:45:00.123456Z",
  size: 4_100,
  rows: 12,
  number: null,
  sha256: null,
  restoredFrom: null,
  ...part,
});

const actions = (peeked: string | null, selected: string[]): RowActions => ({
  peeked,
  onPeek: () => {},
  selection: {
    ids: selected,
    total: 2,
    has: (id) => selected.includes(id),
    toggle: () => {},
    setAll: () => {},
  },
});

const html = (rows: Artifact[], props: { hideFlowRun?: boolean; actions?: RowActions; sorting?: Sorting } = {}) =>
  renderToStaticMarkup(
    <DataProvider>
      <ArtifactTable caption="Artifacts" rows={rows} hrefOf={(row) => artifactHref(row)} {...props} />
    </DataProvider>,
  );

describe("a row", () => {
  it("links to the permanent address of a version: by its key, or by its id", () => {
    expect(html([artifact({ version: 3 })])).toMatch(/href="\/artifacts\/key\/sales\?version=3"[^>]*>sales</);
    const keyless = artifact({ key: null, version: null });
    expect(html([keyless])).toContain('href="/artifacts/artifact/0199b3c8-0000-7000-8000-000000000001"');
  });

  it("has the start of the id where the artifact has no key, and no version", () => {
    const row = html([artifact({ key: null, version: null })]);
    expect(row).toContain(">0199b3c8<");
    expect(row).not.toMatch(/>v\d/);
  });

  it("has the type, the size and the version", () => {
    const row = html([artifact({})]);
    for (const text of ["Table", "12 rows", "4.1 kB", "v3"]) expect(row).toContain(text);
  });

  it("has a number with few digits, and all of them in its title", () => {
    const row = html([artifact({ type: "number", rows: null, number: 94.853356 })]);
    expect(row).toContain('title="94.853356" class="tabular-nums">94.85<');
    expect(html([artifact({ type: "progress", rows: null, number: 42 })])).toContain(">42 %<");
  });

  it("has the first line of the description without markdown", () => {
    expect(html([artifact({ description: "# Sales **today**\nmore" })])).toContain(">Sales today<");
  });

  it("has the start of the run's id while its name is not known", () => {
    const flowRunId = "0299b3c8-0000-7000-8000-000000000001";
    expect(html([artifact({ flowRunId })])).toContain("0299b3c8<");
    expect(html([artifact({ flowRunId })], { hideFlowRun: true })).not.toContain("0299b3c8");
  });
});

describe("the columns", () => {
  it("include the flow run unless it is hidden", () => {
    expect(html([])).toContain("Flow run");
    expect(html([], { hideFlowRun: true })).not.toContain("Flow run");
  });

  it("are links to the other sort where the list can be sorted", () => {
    const sorting: Sorting = {
      field: "size",
      descending: true,
      fields: ["key", "size"],
      hrefOf: (field, descending) => `/sorted/${field}/${descending}`,
    };
    const heads = html([], { sorting });
    expect(heads).toContain('aria-sort="descending"');
    expect(heads).toContain('href="/sorted/size/false"');
    expect(heads).toContain('href="/sorted/key/false"');
    expect(heads).not.toMatch(/sorted\/(?:number|type)/);
    expect(html([])).not.toContain("href");
  });

  it("include checkboxes and peek buttons only with actions", () => {
    expect(html([artifact({})])).not.toContain("Select sales");
    const withActions = html([artifact({})], { actions: actions(null, []) });
    expect(withActions).toContain("Select sales");
    expect(withActions).toContain('aria-label="Peek at sales" aria-pressed="false"');
  });

  it("mark the peeked row and the selected one", () => {
    const [first, second] = [artifact({ id: "1", key: "a" }), artifact({ id: "2", key: "b" })];
    const withActions = html([first, second], { actions: actions("1", ["2"]) });
    expect(withActions).toContain('aria-label="Peek at a" aria-pressed="true"');
    expect(withActions.match(/bg-wash/g)).toHaveLength(2);
  });
});

describe("groups", () => {
  const rows = [
    artifact({ id: "1", flowRunId: "r1" }),
    artifact({ id: "2", flowRunId: "r1", created: "2026-11-22T03:45:00.123456Z" }),
    artifact({ id: "3", flowRunId: null, created: "2026-11-22T03:45:00.123456Z" }),
  ];
  const idsOf = (by: "none" | "run" | "day") =>
    groupsOf(rows, by).map((group) => group.rows.map(({ id }) => id).join());

  it("are consecutive rows of a run or of a day", () => {
    expect(idsOf("none")).toEqual(["1,2,3"]);
    expect(idsOf("run")).toEqual(["1,2", "3"]);
    expect(idsOf("day")).toEqual(["1", "2,3"]);
  });

  it("have ids that stay while rows come and go", () => {
    const ids = (of: Artifact[]) => groupsOf(of, "run").map(({ id }) => id);
    expect(ids([...rows, ...rows])).toEqual(["r1 0", " 0", "r1 1", " 1"]);
    expect(ids(rows.slice(1))).toEqual(ids(rows));
  });

  it("are named by their day", () => {
    expect(groupsOf(rows, "day").map(({ name }) => name)).toEqual(["23 November 2026", "22 November 2026"]);
  });
});

it.each([
  ["sales", "sales"],
  [null, "0199b3c8"],
])("names an artifact with the key %j %s", (key, name) => {
  expect(rowName({ key, id: "0199b3c8-0000-7000-8000-000000000001" })).toBe(name);
});
