import { useContext } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import type { Json } from "#contract/json";
import { artifactRow } from "#test/artifact-row";
import { ReportViewer } from "./report-viewer";
import type { ViewerProps } from "./shared/viewer-props";
import { TableScope } from "./table/query/table-scope";

function Part({ artifact, text }: Omit<ViewerProps, "Part">) {
  return `<${useContext(TableScope)} ${artifact.type} ${text}>`;
}

const report = (parts: Json[], scope = "") =>
  renderToStaticMarkup(
    <TableScope value={scope}>
      <ReportViewer artifact={artifactRow({ type: "report" })} data={parts} text={JSON.stringify(parts)} Part={Part} />
    </TableScope>,
  );

const counted = (markup: string, text: string) => markup.split(text).length - 1;

it("gives the tables of each part names of their own, within those of the page", () => {
  expect(report([{ type: "table", data: [] }, "a"])).toContain("&lt;2- markdown");
  expect(report([{ type: "table", data: [] }], "left-")).toContain("&lt;left-1- table");
});

it.each<[string, Json]>([
  ["type", { type: "vega-lite", data: { mark: "bar" } }],
  ["metadata", { type: "json", data: { mark: "bar" }, metadata: { viewer: "chart" } }],
  ["shape", { $schema: "https://vega.github.io/schema/vega-lite/v5.json", mark: "bar" }],
  ["shape of the data", { data: { type: "Point", coordinates: [0, 0] } }],
])("renders the first 20 charts by %s, others on request", (_, part) => {
  const markup = report([...Array<Json>(30).fill(part), "last"]);
  expect(counted(markup, "The first 20 charts, diagrams and maps are shown.")).toBe(10);
  expect(counted(markup, "&lt;")).toBe(21);
});
