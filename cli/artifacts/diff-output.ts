import type { Artifact } from "#contract/artifact";
import type { Difference } from "#diff/difference";
import type { JsonDifference, PathChange } from "#diff/paths";
import { summaryOf } from "#diff/summary";
import type { RowChange, TableDifference } from "#diff/table";
import type { Stretch, TextDifference } from "#diff/text";
import type { Part } from "#diff/words";
import { cellText } from "#formats/shape";
import type { Output } from "../terminal/output";
import { nameOf, oneLine, printable } from "./format";

const CONTEXT = 3;

type Paint = Pick<Output, "style">;
type Named = Pick<Artifact, "id" | "key" | "version">;

/** What differs between two versions, as a terminal shows it; what is the same is not told. */
export function formatDiff(from: Named, to: Named, parts: Record<string, Difference>, paint: Paint): string {
  const differing = Object.entries(parts).filter(([, { kind }]) => kind !== "same");
  const head = paint.style("bold", `${nameOf(from)} → ${nameOf(to)}`);
  if (differing.length === 0) return `${head}: no difference`;
  const told = differing.map(
    ([part, difference]) => `${paint.style("bold", part)}: ${summaryOf(difference)}\n${changes(difference, paint)}`,
  );
  return [head, ...told.map((each) => each.trimEnd())].join("\n\n");
}

function changes(difference: Difference, paint: Paint): string {
  switch (difference.kind) {
    case "same":
    case "images":
      return "";
    case "numbers":
      return `${difference.from} → ${difference.to}`;
    case "text":
      return textChanges(difference, paint);
    case "json":
      return jsonChanges(difference, paint);
    case "table":
      return tableChanges(difference, paint);
  }
}

function textChanges({ stretches }: TextDifference, { style }: Paint): string {
  return stretches
    .flatMap((stretch, at) => {
      if (stretch.same) return around(stretch, at > 0, at < stretches.length - 1).map((line) => style("dim", line));
      return [
        ...stretch.removed.map(({ parts }) => style("red", `- ${joined(parts)}`)),
        ...stretch.added.map(({ parts }) => style("green", `+ ${joined(parts)}`)),
      ];
    })
    .join("\n");
}

/** Of what stays the same, the lines next to a change. */
function around({ lines }: Extract<Stretch, { same: true }>, before: boolean, after: boolean): string[] {
  const first = before ? lines.slice(0, CONTEXT) : [];
  const last = after ? lines.slice(Math.max(first.length, lines.length - CONTEXT)) : [];
  const left = lines.length - first.length - last.length;
  return [...first, ...(left > 0 ? ["…"] : []), ...last].map((line) => `  ${printable(line)}`);
}

function jsonChanges({ changes }: JsonDifference, { style }: Paint): string {
  const line = ({ op, path, from, to }: PathChange) => {
    if (op === "added") return style("green", `+ ${oneLine(path)}: ${joined(to)}`);
    if (op === "removed") return style("red", `- ${oneLine(path)}: ${joined(from)}`);
    return `~ ${oneLine(path)}: ${style("red", joined(from))} → ${style("green", joined(to))}`;
  };
  return changes.map(line).join("\n");
}

function tableChanges({ columns, key, rows }: TableDifference, { style }: Paint): string {
  const came = columns
    .filter(({ from }) => from === null)
    .map(({ name }) => style("green", `+ column ${oneLine(name)}`));
  const went = columns.filter(({ to }) => to === null).map(({ name }) => style("red", `- column ${oneLine(name)}`));
  const names = columns.map(({ name }) => oneLine(name));
  const line = ({ op, from, to, cells }: RowChange) => {
    const all = () => cells.map((cell, at) => `${names[at]}: ${oneLine(cellText(cell.to ?? cell.from))}`).join(", ");
    if (op === "added") return style("green", `+ ${all()}`);
    if (op === "removed") return style("red", `- ${all()}`);
    const row = key.map((at) => oneLine(cellText(cells[at]?.to))).join(", ") || `row ${(to ?? from ?? 0) + 1}`;
    const touched = cells.flatMap((cell, at) => {
      if (!cell.changed) return [];
      const [before, now] = [oneLine(cellText(cell.from)), oneLine(cellText(cell.to))];
      return [`${names[at]} ${style("red", before || "nothing")} → ${style("green", now || "nothing")}`];
    });
    return `~ ${row}: ${touched.join(", ")}`;
  };
  return [...went, ...came, ...rows.map(line)].join("\n");
}

function joined(parts: Part[] | null): string {
  return printable((parts ?? []).map(({ text }) => text).join(""));
}
