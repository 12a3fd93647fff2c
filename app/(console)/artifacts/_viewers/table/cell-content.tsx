import { kindOf } from "#formats/json-index";
import { safeUrl } from "#formats/shape";
import type { Table } from "#formats/table";
import { cellText } from "./cell";
import type { Column } from "./column";

const MOST = 200;
const LONG = 40;

/** Whether a cell has more to say than fits, and so can be opened. */
export function isLong({ values }: Table, value: number): boolean {
  const bytes = (values.to[value] ?? 0) - (values.from[value] ?? 0);
  return value !== 0 && (bytes > LONG || (bytes > 2 && ["object", "list"].includes(kindOf(values, value))));
}

/** What a cell shows: its text, cut where it is long; null and nothing are told apart. */
export function CellContent({ table, value, type }: { table: Table; value: number; type: Column["type"] }) {
  if (value === 0) return <span className="sr-only">missing</span>;
  const kind = kindOf(table.values, value);
  if (kind === "null") return <span className="text-faint">null</span>;
  const text = cellText(table, value, MOST);
  if (text === "") return <span className="text-faint">""</span>;
  if (kind === "object" || kind === "list") return <span className="font-mono text-soft text-xs">{text}</span>;
  const address = type === "link" ? safeUrl(text) : null;
  if (!address || text.length >= MOST) return text;
  return (
    <a href={address.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent hover:underline">
      {text}
    </a>
  );
}
