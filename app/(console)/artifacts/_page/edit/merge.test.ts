import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ArtifactDetail, Metadata } from "#contract/artifact";
import { type Content, type Draft, draftOf } from "./draft";
import { type Choice, compare, type FieldChoice, rebase } from "./merge";
import { rowsOf } from "./metadata-text";

const artifact: ArtifactDetail = {
  id: "01a2078b-e78c-705e-af5f-79c7a9f69704",
  key: "report",
  version: 3,
  type: "json",
  description: "words",
  metadata: { a: 1, b: "12" },
  flowRunId: null,
  taskRunId: null,
  created: "2026-11-23T03:45:00.123456Z",
  updated: "2026-11-23T03:45:00.123456Z",
  size: 7,
  rows: null,
  number: null,
  sha256: null,
  tags: [],
  restoredFrom: null,
  data: [1],
  isLatest: true,
  older: null,
  newer: null,
};

const NOW = "2026-11-29T09:14:00.000Z";
const start: Content = { description: "words", metadata: { a: 1, b: "12" }, data: "[1]" };

function draftFrom(base: Content, mine: Content): Draft {
  const draft = draftOf({ ...artifact, description: base.description, metadata: base.metadata }, NOW);
  const edited = { ...draft, description: mine.description, rows: rowsOf(mine.metadata) };
  return mine.data === null || base.data === null || mine.data === base.data
    ? edited
    : { ...edited, data: mine.data, base: { ...edited.base, data: base.data } };
}

function merge(base: Content, mine: Content, theirs: Content, choices?: Map<string, FieldChoice>) {
  const draft = rebase(draftFrom(base, mine), theirs, "json");
  const comparison = compare(draft, theirs, "json", choices);
  const { description, metadata, data } = comparison.change;
  const saved: Content = {
    description: description === undefined ? theirs.description : (description ?? ""),
    metadata: metadata === undefined ? theirs.metadata : metadata,
    data: data ?? theirs.data,
  };
  return { ...comparison, draft, saved };
}

describe("a draft that nobody else's change meets", () => {
  it("changes the fields that differ, and names them", () => {
    const mine = { description: "", metadata: { a: 2, c: true }, data: "[1, 2]" };
    expect(merge(start, mine, start)).toMatchObject({
      changed: ["description", "metadata.a", "metadata.b", "metadata.c", "data"],
      conflicts: [],
      change: { description: null, metadata: { a: 2, c: true }, data: "[1, 2]" },
    });
    expect(merge(start, { ...start, metadata: null }, start).change).toEqual({ metadata: null });
  });

  it("changes nothing by the order of metadata", () => {
    expect(merge(start, { ...start, metadata: { b: "12", a: 1 } }, start)).toMatchObject({ changed: [], change: {} });
  });

  it("changes the whitespace of JSON, unless someone else changed the data", () => {
    const mine = { ...start, data: " [ 1 ]\n" };
    expect(merge(start, mine, start).change).toEqual({ data: " [ 1 ]\n" });
    expect(merge(start, mine, { ...start, data: "[3]" })).toMatchObject({ changed: [], conflicts: [], change: {} });
  });

  it("tells a number from the same digits as text, and 1 from 1.0 in data", () => {
    expect(merge(start, { ...start, metadata: { a: 1, b: 12 } }, start).changed).toEqual(["metadata.b"]);
    expect(merge(start, { ...start, data: "[1.0]" }, start).change).toEqual({ data: "[1.0]" });
  });

  it("reports metadata with a name twice as changed", () => {
    const draft = draftOf(artifact, NOW);
    const twice = { ...draft, rows: [...draft.rows, { id: 9, name: "a", text: "2" }] };
    expect(compare(rebase(twice, start, "json"), start, "json")).toMatchObject({ changed: ["metadata"], change: {} });
  });
});

describe("a draft that someone else's change meets", () => {
  it("keeps what only they changed", () => {
    const theirs = { description: "theirs", metadata: { a: 1, b: "new", d: 4 }, data: "[3]" };
    const merged = merge(start, { ...start, metadata: { a: 2, b: "12" } }, theirs);
    expect(merged).toMatchObject({ changed: ["metadata.a"], conflicts: [] });
    expect(merged.change).toEqual({ metadata: { a: 2, b: "new", d: 4 } });
    expect(merged.draft).toMatchObject({
      description: "theirs",
      adopted: ["description", "metadata.b", "metadata.d"],
      rows: [
        { name: "a", text: "2" },
        { name: "b", text: "new" },
        { name: "d", text: "4" },
      ],
    });
  });

  it("adopts a field that they removed, and one removed by both", () => {
    const merged = merge(start, { ...start, description: "mine" }, { ...start, metadata: { a: 1 } });
    expect(merged.change).toEqual({ description: "mine" });
    expect(merged.draft.rows).toMatchObject([{ name: "a" }]);
    const removed = { ...start, metadata: { a: 1 } };
    expect(merge(start, removed, removed)).toMatchObject({ changed: [], conflicts: [], change: {} });
  });

  it("reports what both changed differently, once and with both sides", () => {
    const mine = { description: "mine", metadata: { b: "12" }, data: "[2]" };
    const theirs = { description: "theirs", metadata: { a: 5, b: "12" }, data: "[3]" };
    expect(merge(start, mine, theirs).conflicts).toEqual([
      { field: "description", mine: "mine", theirs: "theirs" },
      { field: "metadata.a", mine: null, theirs: "5" },
      { field: "data", mine: "[2]", theirs: "[\n  3\n]" },
    ]);
  });

  it("saves the chosen side of each conflict", () => {
    const mine = { description: "mine", metadata: { a: 2, b: "12" }, data: "[2]" };
    const theirs = { description: "theirs", metadata: { a: 5, b: "12" }, data: "[3]" };
    const choices = new Map<string, FieldChoice>([
      ["description", { side: "theirs", theirs: "theirs" }],
      ["metadata.a", { side: "mine", theirs: "5" }],
      ["data", { side: "theirs", theirs: "[\n  3\n]" }],
    ]);
    expect(merge(start, mine, theirs, choices).change).toEqual({ metadata: { a: 2, b: "12" } });
  });

  it("needs another choice once the other side has changed again", () => {
    const theirs = { ...start, description: "theirs" };
    const draft = rebase(draftFrom(start, { ...start, description: "mine" }), theirs, "json");
    const choices = new Map([["description", { side: "theirs", theirs: "theirs" } as const]]);
    expect(compare(draft, theirs, "json", choices)).toMatchObject({ unresolved: [], change: {} });
    const again = { ...theirs, description: "theirs again" };
    expect(compare(draft, again, "json", choices).unresolved).toMatchObject([{ theirs: "theirs again" }]);
  });

  it("finds no conflict where the data of the version is not known yet", () => {
    expect(merge(start, { ...start, data: "[2]" }, { ...start, data: null })).toMatchObject({
      conflicts: [],
      change: { data: "[2]" },
    });
  });

  it("takes text as text, whatever it looks like", () => {
    const base = { ...start, data: '"[1]"' };
    const theirs = { ...start, data: '"theirs"' };
    const draft = rebase(draftFrom(base, { ...base, data: "[1,,]" }), theirs, "markdown");
    expect(compare(draft, theirs, "markdown")).toMatchObject({
      conflicts: [{ field: "data", mine: "[1,,]", theirs: "theirs" }],
      change: { data: '"[1,,]"' },
    });
  });
});

describe("merging any three contents", () => {
  const value = fc.constantFrom<Metadata[string][]>(1, 2, "1", "x", null);
  const metadata = fc.option(fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), value, { maxKeys: 3 }));
  const content = fc.record({
    description: fc.constantFrom("", "one", "two", "three"),
    metadata: metadata.map((each): Metadata | null => (each && Object.keys(each).length > 0 ? each : null)),
    data: fc.constantFrom("[1]", "[2]", '{"3": 1}', "[1.0]"),
  });
  const fieldsOf = ({ description, metadata, data }: Content) =>
    new Map<string, string>([
      ["description", description],
      ["data", data ?? ""],
      ...Object.entries(metadata ?? {}).map(([name, each]) => [`metadata.${name}`, JSON.stringify(each)] as const),
    ]);

  it("keeps for every field what only one side changed, and asks about the rest only", () => {
    fc.assert(
      fc.property(content, content, content, (...contents) => {
        const { saved, conflicts } = merge(...contents);
        const [base, mine, theirs] = contents.map(fieldsOf);
        const result = fieldsOf(saved);
        const inConflict = conflicts.map(({ field }) => field);
        for (const field of new Set(contents.flatMap((each) => [...fieldsOf(each).keys()]))) {
          const [old, own, current] = [base?.get(field), mine?.get(field), theirs?.get(field)];
          const collides = own !== old && current !== old && own !== current;
          expect(inConflict.includes(field)).toBe(collides);
          expect(result.get(field)).toBe(own === old ? current : own);
        }
      }),
    );
  });

  it("is the version's own content where theirs is chosen throughout", () => {
    fc.assert(
      fc.property(content, content, content, (base, mine, theirs) => {
        const side: Choice = "theirs";
        const fields = merge(base, mine, theirs).conflicts.map(
          (each) => [each.field, { side, theirs: each.theirs }] as const,
        );
        const { saved, conflicts } = merge(base, mine, theirs, new Map(fields));
        const [result, own, current] = [saved, mine, theirs].map(fieldsOf);
        for (const { field } of conflicts) expect(result?.get(field)).toBe(current?.get(field));
        for (const [field, each] of result ?? []) expect([own?.get(field), current?.get(field)]).toContain(each);
      }),
    );
  });

  it("comes to the same in one step as in two", () => {
    fc.assert(
      fc.property(content, content, content, (base, mine, theirs) => {
        const once = rebase(draftFrom(base, mine), theirs, "json");
        expect(rebase(once, theirs, "json")).toEqual(once);
      }),
    );
  });
});
