import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { artifactRow } from "#test/artifact-row";
import { draftOf } from "./draft";
import { JsonField } from "./json-field";

describe("JsonField", () => {
  const markup = (type: string, stored: string) => {
    const draft = draftOf(artifactRow({ type }), "2026-11-29T09:14:00.000Z");
    return renderToStaticMarkup(
      <JsonField type={type} draft={draft} stored={stored} reveal={null} onText={() => {}} />,
    );
  };

  it("offers a table as a grid, and nothing else", () => {
    expect(markup("table", '[{"a":1}]')).toMatch(/aria-pressed="true"[^>]*>Grid</);
    expect(markup("json", '[{"a":1}]')).not.toContain("Grid");
  });

  it("says why a table is edited as JSON", () => {
    const large = JSON.stringify(Array.from({ length: 1250 }, () => [1, 2, 3, 4, 5]));
    expect(markup("table", large)).toContain("This table has 6,250 cells, so it is edited as JSON.");
    expect(markup("table", large)).toMatch(/aria-pressed="true"[^>]*>JSON</);
    expect(markup("table", '"[[1,NaN]]"')).toContain("NaN or Infinity");
    expect(markup("table", "[1]")).toContain("This is not a table");
  });
});
