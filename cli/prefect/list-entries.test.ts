import fc from "fast-check";
import { expect, test } from "vitest";
import { listEntries } from "./list-entries";
import type { Source } from "./source";

const idOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, "0")}`;

test("lists every row that exists throughout, once, while others are created and deleted", async () => {
  const change = fc.record({ create: fc.boolean(), row: fc.nat(60) });
  const between = fc.array(fc.array(change, { maxLength: 9 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(60), { maxLength: 40 }), between, async (first, changes) => {
      const remaining = [...changes];
      const rows = new Set(first);
      const throughout = new Set(first);
      const source: Source = {
        version: "3",
        limit: 5,
        count: async () => rows.size,
        rows: async () => "[]",
        async page(_kind, _sort, offset) {
          const sorted = [...rows].sort((a, b) => b - a).slice(offset, offset + 5);
          for (const { create, row } of remaining.shift() ?? []) {
            if (create) rows.add(row);
            else {
              rows.delete(row);
              throughout.delete(row);
            }
          }
          return { text: JSON.stringify(sorted.map((n) => ({ id: idOf(n) }))), limit: 5 };
        },
      };
      const ids = (await listEntries(source, "artifacts", () => {})).map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(ids).toEqual(expect.arrayContaining([...throughout].map(idOf)));
    }),
    { numRuns: 500 },
  );
});
