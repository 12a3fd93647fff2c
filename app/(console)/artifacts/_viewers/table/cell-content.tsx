import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText } from "#formats/table";
import { safeUrl } from "#formats/url";
import type { Column } from "./column";

/** In bytes: what a cell shows at most, and what surely fits into its width. */
const MAX_SHOWN = 200;
const MAX_FITTING = 40;

/** Whether a cell may show its value only in part, so that it can be opened. */
export function isLong({ values }: Table, value: number): boolean {
  const bytes = (values.to[value] ?? 0) - (values.from[value] ?? 0);
  return value !== 0 && (bytes > MAX_FITTING || (bytes > 2 && ["object", "list"].includes(kindOf(values, value))));
}

export function CellContent({ table, value, type }: { table: Table; value: number; type: Column["type"] }) {
  if (value === 0) return <span className="sr-only">missing</span>;
  const kind = kindOf(table.values, value);
  if (kind === "null") return <span className="text-faint">null</span>;
  const text = cellText(table, value, MAX_SHOWN);
  if (text === "") return <span className="text-faint">""</span>;
  if (kind === "object" || kind === "list") return <span className="font-mono text-soft text-xs">{text}</span>;
  const address = type === "link" ? safeUrl(text) : null;
  // A text that was cut is not the whole address.
  if (!address || text.length >= MAX_SHOWN) return text;
  return (
    <a href={address.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent hover:underline">
      {text}
    </a>
  );
}
