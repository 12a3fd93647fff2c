import { expect, it } from "vitest";
import { altOf } from "./source";

it.each([
  ["pie title Pets\n", "Diagram (pie), see its source"],
  ["sequenceDiagram\n  title: Sign in\n", "Diagram: Sign in"],
  ["graph TD\n  accTitle: Steps of a run\n", "Diagram: Steps of a run"],
  ["---\ntitle: Weeks\n---\ngantt\n", "Diagram: Weeks"],
  ["%% a comment\n  %% another\n\nflowchart LR\n", "Diagram (flowchart), see its source"],
  ["", "Diagram, see its source"],
  [`${"\n".repeat(2_000)}title far below`, "Diagram, see its source"],
])("%j is %j", (source, alt) => {
  expect(altOf(source)).toBe(alt);
});

it.each(["\n", " ", "title", "title ", "---\n", "%%", "\n%%"])("reads 50,000 characters of %j at once", (part) => {
  const start = performance.now();
  altOf(part.repeat(50_000 / part.length));
  expect(performance.now() - start).toBeLessThan(500);
});
