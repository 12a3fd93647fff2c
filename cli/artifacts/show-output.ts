import type { ArtifactDetail } from "#contract/artifact";
import type { Json } from "#contract/json";
import { formatJson } from "#formats/exact-json";
import { contentSize, formatBytes, pluralize } from "#formats/number";
import { cellText, tableIn, valueAt } from "#formats/table";
import { parseLink, safeUrl } from "#formats/url";
import type { Output } from "../terminal/output";
import { coloured, columns, localTime, nameOf, oneLine, printable } from "./format";
import { markdownText } from "./markdown-text";

const MAX_ROWS = 1000;
const MAX_CELL_WIDTH = 60;
/** A part of an address is of no use. */
const MAX_LINK_WIDTH = 500;
const BAR_WIDTH = 40;

type Row = Omit<ArtifactDetail, "data">;
type Styler = Pick<Output, "style" | "width" | "colors">;

/** A version as text: its fields, then its data by type. `text` is the JSON text of the data. */
export function formatVersion(row: Row, text: string, styler: Styler): string {
  const data = formatData(row.type, JSON.parse(text), text, styler);
  return `${formatFields(row, styler)}\n\n${data.replace(/\n$/, "")}`;
}

function formatFields(row: Row, { style }: Styler): string {
  const status = row.version === null ? "" : row.isLatest ? " (latest)" : " (not the latest)";
  const metadata = Object.entries(row.metadata ?? {}).map(([name, value], at): [string, string] => [
    at === 0 ? "metadata" : "",
    oneLine(`${name}: ${typeof value === "string" ? value : JSON.stringify(value)}`),
  ]);
  const fields: [string, string | null][] = [
    ["type", row.type === null ? null : oneLine(row.type)],
    ["content", contentSize(row)],
    ["created", localTime(row.created)],
    ["updated", row.updated === row.created ? null : localTime(row.updated)],
    ["tags", row.tags.length > 0 ? oneLine(row.tags.join(", ")) : null],
    ["flow run", row.flowRunId],
    ["task run", row.taskRunId],
    ["restored from", row.restoredFrom === null ? null : `v${row.restoredFrom}`],
    ["sha256", row.sha256],
    ["id", row.id],
    ...metadata,
  ];
  const present = fields.filter((field): field is [string, string] => field[1] !== null);
  const width = Math.max(...present.map(([name]) => name.length));
  return [
    style("bold", nameOf(row)) + style("dim", status),
    ...(row.description ? [printable(row.description)] : []),
    ...present.map(([name, value]) => `${style("dim", name.padEnd(width))}  ${value}`),
  ].join("\n");
}

function formatData(type: string | null, data: Json, text: string, styler: Styler): string {
  const link = type === "link" ? parseLink(data) : null;
  if (link) return printable(link.text === link.url ? link.url : `${link.text}\n${link.url}`);
  if (type === "table") return formatTable(text, styler) ?? printable(formatJson(text));
  if (type === "image" && typeof data === "string") return printable(formatImage(data));
  if (type === "progress" && typeof data === "number") return formatProgress(data);
  if (typeof data !== "string") return printable(formatJson(text));
  const shown = type === "markdown" ? markdownText(data) : data;
  return styler.colors ? coloured(shown) : printable(shown);
}

function formatTable(text: string, { style, width }: Styler): string | null {
  const table = tableIn(text);
  if (!table) return null;
  const cell = (text: string) => {
    const link = linkText(text);
    const line = oneLine(link ?? text);
    const width = link === null ? MAX_CELL_WIDTH : MAX_LINK_WIDTH;
    return line.length > width ? `${line.slice(0, width - 1)}…` : line;
  };
  const rows = Array.from({ length: Math.min(table.rows, MAX_ROWS) }, (_, row) =>
    table.columns.map((_, column) => cell(cellText(table, valueAt(table, row, column)))),
  );
  const [head = "", ...lines] = columns([table.columns.map(cell), ...rows], width).split("\n");
  const more = table.rows - rows.length;
  const note = more > 0 ? [`… and ${pluralize(more, "more row")}; to get all, use --raw`] : [];
  return [style("bold", head), ...lines, ...note].join("\n");
}

/** A cell that is a link, in markdown too, as its text and address; null for any other. */
function linkText(text: string): string | null {
  const link = parseLink(text);
  if (!link || !safeUrl(link.url)) return null;
  return link.text === link.url ? link.url : `${link.text} (${link.url})`;
}

function formatImage(url: string): string {
  const [, mediaType] = /^data:([^;,]*)/.exec(url) ?? [];
  if (mediaType === undefined) return url;
  return `${mediaType}, a data URL of ${formatBytes(url.length)}; to get the image, use --file`;
}

function formatProgress(percent: number): string {
  const filled = Math.round((Math.min(100, Math.max(0, percent)) / 100) * BAR_WIDTH);
  return `${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)} ${percent} %`;
}
