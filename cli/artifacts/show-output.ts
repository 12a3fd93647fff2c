import type { ArtifactDetail } from "#contract/artifact";
import type { Json } from "#contract/json";
import { contentSize } from "#formats/holds";
import { formatBytes, pluralize } from "#formats/number";
import { cellText, parseLink, tableOf } from "#formats/shape";
import type { Output } from "../terminal/output";
import { columns, localTime, nameOf, oneLine, printable } from "./format";
import { formatJson, parseExactNumbers } from "./json-text";

const MOST_ROWS = 1000;
const WIDEST_CELL = 60;
const BAR = 40;

type Row = Omit<ArtifactDetail, "data">;
type Paint = Pick<Output, "style" | "width">;

/** A version as a terminal shows it: what is known of it, and its data in the way of its type. */
export function formatVersion(row: Row, text: string, paint: Paint): string {
  return `${facts(row, paint)}\n\n${rendered(row.type, parseExactNumbers(text), text, paint).replace(/\n$/, "")}`;
}

function facts(row: Row, { style }: Paint): string {
  const latest = row.version === null ? "" : row.isLatest ? ", the latest" : ", not the latest";
  const metadata = Object.entries(row.metadata ?? {}).map(([name, value], at): [string, string] => [
    at === 0 ? "metadata" : "",
    oneLine(`${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`),
  ]);
  const lines: [string, string | null][] = [
    ["holds", `${row.type === null ? "" : `${oneLine(row.type)}, `}${contentSize(row)}`],
    ["created", localTime(row.created)],
    ["updated", row.updated === row.created ? null : localTime(row.updated)],
    ["flow run", row.flowRunId],
    ["task run", row.taskRunId],
    ["id", row.id],
    ...metadata,
  ];
  const told = lines.filter((line): line is [string, string] => line[1] !== null);
  const width = Math.max(...told.map(([name]) => name.length));
  return [
    style("bold", nameOf(row)) + style("dim", latest),
    ...(row.description ? [printable(row.description)] : []),
    ...told.map(([name, value]) => `${style("dim", name.padEnd(width))}  ${value}`),
  ].join("\n");
}

function rendered(type: string | null, data: Json, text: string, paint: Paint): string {
  const link = type === "link" ? parseLink(data) : null;
  if (link) return printable(link.text === link.url ? link.url : `${link.text}\n${link.url}`);
  if (type === "table") return tableShown(data, paint) ?? printable(formatJson(text));
  if (type === "image" && typeof data === "string") return printable(pictureShown(data));
  if (type === "progress" && typeof data === "number") return progressShown(data);
  return printable(typeof data === "string" ? data : formatJson(text));
}

function tableShown(data: Json, { style, width }: Paint): string | null {
  const table = tableOf(data);
  if (!table) return null;
  const cell = (text: string) => {
    const line = oneLine(text);
    return line.length > WIDEST_CELL ? `${line.slice(0, WIDEST_CELL - 1)}…` : line;
  };
  const rows = table.rows.slice(0, MOST_ROWS).map((row) => row.map((value) => cell(cellText(value))));
  const [head = "", ...lines] = columns([table.columns.map(cell), ...rows], width).split("\n");
  const left = table.rows.length - rows.length;
  return [style("bold", head), ...lines, ...(left > 0 ? [`… ${pluralize(left, "more row")}: --raw has all`] : [])].join(
    "\n",
  );
}

function pictureShown(url: string): string {
  const [, media] = /^data:([^;,]*)/.exec(url) ?? [];
  return media === undefined
    ? url
    : `${media}, a data URL of ${formatBytes(url.length)}: open it, or take it with --raw`;
}

function progressShown(percent: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * BAR);
  return `${"█".repeat(filled)}${"░".repeat(BAR - filled)} ${percent} %`;
}
