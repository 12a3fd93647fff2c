import type { Artifact } from "#contract/artifact";
import type { Preview } from "#contract/preview";
import { formatNumber, pluralize, rowCount, shortNumber } from "#formats/number";
import { firstLine } from "./first-line";

/** What an artifact says, for a column of a list. */
interface Value {
  text: string;
  /** What the text leaves out: all digits of a number. */
  title?: string | undefined;
  /** Whether it is words, which may be cut, rather than a number or a count. */
  isWords: boolean;
}

type Content = Pick<Artifact, "type" | "rows" | "number" | "preview">;

/** What an artifact says, by its number, rows or preview; null where only its content can say it. */
export function contentValue({ type, rows, number, preview }: Content): Value | null {
  if (rows !== null) return { text: rowCount(type, rows), isWords: false };
  if (number !== null) {
    const unit = type === "progress" ? " %" : "";
    return { text: shortNumber(number) + unit, title: formatNumber(number) + unit, isWords: false };
  }
  return preview && !SOURCES.has(type ?? "") ? previewValue(preview) : null;
}

/** Types whose first words are those of a format, such as the version of its schema, and say nothing about the content. */
const SOURCES: ReadonlySet<string> = new Set([
  "geojson",
  "html",
  "junit",
  "lcov",
  "notebook",
  "plotly",
  "sarif",
  "vega",
  "vega-lite",
]);

/** What colours the text of logs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they begin with one
const COLOURS = /\u001b\[[\d;]*m/g;

function previewValue(preview: Preview): Value | null {
  switch (preview.kind) {
    case "text": {
      const text = firstLine(preview.text.replace(COLOURS, ""));
      return text ? { text, isWords: true } : null;
    }
    case "link":
      return { text: preview.text, title: preview.url, isWords: true };
    case "list":
      return { text: pluralize(preview.items, "item"), isWords: false };
    case "object": {
      const text = preview.first.map(([name, value]) => `${name} ${value}`).join(", ");
      return { text: text || "Empty", title: pluralize(preview.items, "field"), isWords: true };
    }
    default:
      return null;
  }
}
