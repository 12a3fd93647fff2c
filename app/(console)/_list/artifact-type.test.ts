import { expect, it } from "vitest";
import { typeName } from "./artifact-type";

it.each([
  ["markdown", "Markdown"],
  ["json", "JSON"],
  ["vega-lite", "Vega-Lite"],
  ["cpp", "C++"],
  ["csharp", "C#"],
  ["yaml", "YAML"],
  ["files", "Folder"],
  ["parquet", "parquet"],
  ["My type", "My type"],
  ["toString", "toString"],
  ["", ""],
  [null, "No type"],
])("displays the type %j as %j", (type, name) => {
  expect(typeName(type)).toBe(name);
});
