import fc from "fast-check";
import { expect, it } from "vitest";
import { batchesOf } from "./matching";

it("batches all rows in their order, each batch within what one call takes", () => {
  const row = fc.record({ name: fc.string(), versions: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 3000 })) });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3000, size: "max" }), (rows) => {
      const { batches, total } = batchesOf(rows);
      expect(batches.flat()).toEqual(rows);
      expect(total).toEqual({ rows: rows.length, versions: rows.reduce((sum, { versions }) => sum + versions, 0) });
      for (const batch of batches) {
        const versions = batch.reduce((sum, row) => sum + row.versions, 0);
        expect(batch.length).toBeGreaterThan(0);
        expect(batch.length).toBeLessThanOrEqual(1000);
        if (batch.length > 1) expect(versions).toBeLessThanOrEqual(2000);
      }
    }),
    { numRuns: 20 },
  );
});
