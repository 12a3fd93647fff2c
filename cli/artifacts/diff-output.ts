import type { Artifact } from "#contract/artifact";
import { cellChange, emptyWord, valueText } from "#diff/cell";
import type { Difference } from "#diff/difference";
import { changesText } from "#diff/files/pairs";
import { withSigns } from "#diff/invisible";
import type { JsonDifference, PathChange } from "#diff/json";
import { type PartsDifference, partName } from "#diff/parts";
import { renameText } from "#diff/rename";
import { type ColumnComparison, statisticsLines } from "#diff/statistics";
import { summaryOf } from "#diff/summary";
import type { RowChange, TableDifference } from "#diff/table";
import type { Stretch, TextDifference } from "#diff/text";
import { typeChangeText } from "#diff/type-change";
import type { Part } from "#diff/words";
import { formatBytes, pluralize } from "#formats/number";
import type { Output } from "../terminal/output";
import type { ComparedPair, FilesDifference } from "./compare-files";
import { nameOf, oneLine, printable } from "./format";

/** Unchanged lines shown before and after a change. */
const CONTEXT = 3;

type Styler = Pick<Output, "style">;
type Named = Pick<Artifact, "id" | "key" | "version">;

/**
 * A comparison as text: a section for each part that differs, such as `data` and `description`.
 * @param files those of versions with files, in place of their data
 */
export function formatDiff(
  from: Named,
  to: Named,
  parts: Record<string, Difference>,
  styler: Styler,
  files: FilesDifference | null = null,
): string {
  const differing = Object.entries(parts).filter(([, { kind }]) => kind !== "same");
  const title = styler.style("bold", `${nameOf(from)} → ${nameOf(to)}`);
  if (differing.length === 0) {
    const summary = summaryOf(parts.data ?? { kind: "same" });
    return `${title}: ${summary.charAt(0).toLowerCase()}${summary.slice(1)}`;
  }
  const sections = differing.flatMap(([part, difference]) =>
    part === "data" && files ? filesSections(files, styler) : [section(part, difference, styler)],
  );
  return [title, ...sections].join("\n\n");
}

function section(name: string, difference: Difference, styler: Styler): string {
  const head = `${styler.style("bold", name)}: ${summaryOf(difference)}`;
  return `${head}\n${formatChanges(difference, styler)}`.trimEnd();
}

/** The list of the files that differ, then the changes within each. */
function filesSections(files: FilesDifference, styler: Styler): string[] {
  const list = [
    `${styler.style("bold", "files")}: ${changesText(files)}`,
    ...files.pairs.map((pair) => fileLine(pair, styler)),
  ];
  const contents = files.pairs.flatMap(({ path, content, notes }) => {
    const remarks = notes.map((note) => styler.style("dim", note));
    if (content === null)
      return notes.length === 0 ? [] : [[styler.style("bold", oneLine(path)), ...remarks].join("\n")];
    return [[section(oneLine(path), content, styler), ...remarks].join("\n")];
  });
  return [list.join("\n"), ...contents];
}

function fileLine({ op, path, from, to }: ComparedPair, { style }: Styler): string {
  const name = oneLine(path);
  switch (op) {
    case "added":
      return style("green", `+ ${name} (${formatBytes(to.size)})`);
    case "removed":
      return style("red", `- ${name} (${formatBytes(from.size)})`);
    case "moved":
      return `~ ${name}, moved from ${oneLine(from.path)}`;
    case "retyped":
      return `~ ${name} (${oneLine(from.mediaType)} → ${oneLine(to.mediaType)})`;
    case "changed": {
      const renamed = from.path === to.path ? "" : `, renamed from ${oneLine(from.path)}`;
      const [before, after] = [formatBytes(from.size), formatBytes(to.size)];
      return `~ ${name}${renamed} (${before === after ? after : `${before} → ${after}`})`;
    }
  }
}

function formatChanges(difference: Difference, styler: Styler): string {
  switch (difference.kind) {
    case "same":
    case "images":
      return "";
    case "numbers":
      return `${difference.from} → ${difference.to}`;
    case "text":
      return textChanges(difference, styler);
    case "json":
      return jsonChanges(difference, styler);
    case "table":
      return tableChanges(difference, styler);
    case "parts":
      return partsChanges(difference, styler);
  }
}

function textChanges({ stretches }: TextDifference, { style }: Styler): string {
  return stretches
    .flatMap((stretch, at) => {
      if (stretch.same) return contextOf(stretch, at > 0, at < stretches.length - 1).map((line) => style("dim", line));
      return [
        ...stretch.removed.map(({ parts }) => style("red", `- ${join(parts)}`)),
        ...stretch.added.map(({ parts }) => style("green", `+ ${join(parts)}`)),
      ];
    })
    .join("\n");
}

function contextOf({ lines }: Extract<Stretch, { same: true }>, after: boolean, before: boolean): string[] {
  const first = after ? lines.slice(0, CONTEXT) : [];
  const last = before ? lines.slice(Math.max(first.length, lines.length - CONTEXT)) : [];
  const skipped = lines.length - first.length - last.length;
  return [...first, ...(skipped > 0 ? ["…"] : []), ...last].map((line) => `  ${printable(line)}`);
}

function jsonChanges({ changes }: JsonDifference, { style }: Styler): string {
  const line = ({ op, path, from, to }: PathChange) => {
    if (op === "added") return style("green", `+ ${oneLine(path)}: ${join(to)}`);
    if (op === "removed") return style("red", `- ${oneLine(path)}: ${join(from)}`);
    return `~ ${oneLine(path)}: ${style("red", join(from))} → ${style("green", join(to))}`;
  };
  return changes.map(line).join("\n");
}

const SIGNS = { added: "+", removed: "-", changed: "~" };

function partsChanges({ noun, parts }: PartsDifference, styler: Styler): string {
  return parts
    .flatMap((part) => {
      const { op, text, output, images } = part;
      return [
        styler.style("bold", `${SIGNS[op]} ${partName(noun, part)}`),
        ...(text ? [textChanges(text, styler)] : []),
        ...(output ? [styler.style("dim", "output:"), textChanges(output, styler)] : []),
        ...(images.length > 0 ? [styler.style("dim", `${pluralize(images.length, "image")} changed`)] : []),
      ];
    })
    .join("\n");
}

function tableChanges(difference: TableDifference, { style }: Styler): string {
  const { columns, key, rows, typeChanges, renames, statistics } = difference;
  const renamed = columns.filter(({ formerName }) => formerName !== undefined);
  const added = columns.filter(({ from }) => from === null).map(({ name }) => `+ column ${oneLine(name)}`);
  const removed = columns.filter(({ to }) => to === null).map(({ name }) => `- column ${oneLine(name)}`);
  const names = columns.map(({ name }) => oneLine(name));
  const line = ({ op, from, to, cells }: RowChange) => {
    const all = () => cells.map((cell, at) => `${names[at]}: ${oneLine(valueText(cell.to ?? cell.from))}`).join(", ");
    if (op === "added") return style("green", `+ ${all()}`);
    if (op === "removed") return style("red", `- ${all()}`);
    const row = key.map((at) => oneLine(valueText(cells[at]?.to))).join(", ") || `row ${(to ?? from ?? 0) + 1}`;
    const changes = cells.flatMap((cell, at) => {
      if (!cell.changed) return [];
      const { from, to, note, step } = cellChange(cell);
      const value = (side: "from" | "to", text: string) => {
        const word = emptyWord(cell[side]);
        return style(side === "from" ? "red" : "green", word === null ? cellLine(text) : `(${word})`);
      };
      const remark = note ?? step;
      return [`${names[at]} ${value("from", from)} → ${value("to", to)}${remark === null ? "" : ` (${remark})`}`];
    });
    return `~ ${row}: ${changes.join(", ")}`;
  };
  return [
    ...removed.map((text) => style("red", text)),
    ...added.map((text) => style("green", text)),
    ...renamed.map(({ name, formerName = "" }) => `~ column ${oneLine(formerName)} → ${oneLine(name)}`),
    ...renames.map((offer) => style("dim", `? ${oneLine(renameText(offer))} Compare with --rename`)),
    ...typeChanges.map((change) => `~ ${oneLine(typeChangeText(change))}`),
    ...(statistics ?? []).map(statisticsChange),
    ...rows.map(line),
  ].join("\n");
}

/** `temperature: min 1 → 2, mean 3.5, nulls 0`: only what differs has two values. */
function statisticsChange(column: ColumnComparison): string {
  const texts = statisticsLines(column).map(({ label, from, to }) => {
    const [before, after] = [oneLine(from), oneLine(to)];
    return `${label} ${before === after ? after : `${before} → ${after}`}`;
  });
  return `= ${oneLine(column.name)}: ${texts.join(", ")}`;
}

/** On one line, with signs for line ends and without losing spaces, which may be the difference. */
function cellLine(text: string): string {
  return printable(text).replace(/\n/g, "⏎").replace(/\t/g, "⇥");
}

function join(parts: Part[] | null): string {
  const isWhole = parts?.length === 1;
  return printable((parts ?? []).map(({ text, marked }) => (marked ? withSigns(text, isWhole) : text)).join(""));
}
