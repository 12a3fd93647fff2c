import fc from "fast-check";
import { expect, it } from "vitest";
import { readLcov, shareOf, sumOf } from "./lcov";

const REPORT = `TN:
SF:src/a.ts
FN:1,run
FNDA:3,run
FNF:1
FNH:1
DA:1,3
DA:2,0
DA:3,0
DA:5,0
DA:6,1
BRDA:2,0,0,-
BRDA:2,0,1,2
LF:5
LH:2
end_of_record
SF:src/b.ts
DA:1,0
end_of_record
`;

it("reads lines, functions and branches of each file", () => {
  expect(readLcov(REPORT)).toEqual([
    {
      file: "src/a.ts",
      lines: { found: 5, hit: 2 },
      functions: { found: 1, hit: 1 },
      branches: { found: 2, hit: 1 },
      uncovered: "2-3, 5",
    },
    {
      file: "src/b.ts",
      lines: { found: 1, hit: 0 },
      functions: { found: 0, hit: 0 },
      branches: { found: 0, hit: 0 },
      uncovered: "1",
    },
  ]);
});

it("joins parts about the same file", () => {
  const [file] = readLcov("SF:a\nDA:1,0\nDA:2,1\nend_of_record\nSF:a\nDA:1,4\nend_of_record");
  expect(file).toMatchObject({ lines: { found: 2, hit: 2 }, uncovered: "" });
});

it("has a share only of something", () => {
  expect(shareOf({ found: 3, hit: 2 })).toBe(66.7);
  expect(shareOf({ found: 0, hit: 0 })).toBeNull();
  expect(
    sumOf([
      { found: 1, hit: 1 },
      { found: 2, hit: 0 },
    ]),
  ).toEqual({ found: 3, hit: 1 });
});

it("reads any text, with no more lines hit than found", () => {
  const line = fc.oneof(fc.constantFrom("SF:a", "SF:b", "end_of_record", "DA:1,x", "DA:,"), fc.string());
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      for (const { lines: found } of readLcov(lines.join("\n"))) expect(found.hit).toBeLessThanOrEqual(found.found);
    }),
  );
});
