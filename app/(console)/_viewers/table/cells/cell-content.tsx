import type { Column } from "#formats/column";
import { kindOf } from "#formats/json-index";
import type { Table } from "#formats/table";
import { cellText } from "#formats/table";
import { parseLink, safeUrl } from "#formats/url";
import { withoutEscapes } from "../../text/escapes";
import { NumberText } from "./number-text";

/** In bytes: what a cell shows at most, what surely fits into its width, and the longest link. */
const MAX_SHOWN = 200;
const MAX_FITTING = 40;
const MAX_LINK = 4000;

/** Whether a cell may show its value only in part, so that it can be opened. A link opens its address instead. */
export function canOpen(table: Table, value: number): boolean {
  if (value === 0) return false;
  const { from, to } = table.values;
  const bytes = (to[value] ?? 0) - (from[value] ?? 0);
  const kind = kindOf(table.values, value);
  if (kind === "object" || kind === "list") return bytes > 2;
  const isPartial = bytes > MAX_FITTING || (kind === "text" && /[\r\n\u2028\u2029]/.test(cellText(table, value)));
  return isPartial && linkIn(table, value) === null;
}

/** The value of a cell. `column` aligns its numbers. */
export function CellContent({ table, value, column }: { table: Table; value: number; column?: Column }) {
  if (value === 0) return <span className="sr-only">missing</span>;
  const kind = kindOf(table.values, value);
  if (kind === "null") return <span className="text-faint">null</span>;
  const text = withoutEscapes(cellText(table, value, MAX_SHOWN));
  if (text === "") return <span className="text-faint">""</span>;
  if (kind === "number" && column?.type === "number") return <NumberText text={text} column={column} />;
  if (kind === "object" || kind === "list") return <span className="font-mono text-soft text-xs">{text}</span>;
  const link = linkIn(table, value);
  if (!link) return text;
  return (
    <a href={link.href} target="_blank" rel="noopener noreferrer nofollow" className="text-accent hover:underline">
      {link.text}
    </a>
  );
}

/** The link that a cell consists of: a web address, or a link of markdown. */
function linkIn(table: Table, value: number): { href: string; text: string } | null {
  const { bytes, from, to } = table.values;
  const start = from[value] ?? 0;
  if ((to[value] ?? 0) - start > MAX_LINK || kindOf(table.values, value) !== "text") return null;
  if (![SPACE, OPEN_BRACKET, UPPER_H, LOWER_H].includes(bytes[start + 1] ?? 0)) return null;
  const link = parseLink(cellText(table, value));
  const address = link && safeUrl(link.url);
  return link && address && { href: address.href, text: link.text };
}

const SPACE = 32;
const UPPER_H = 72;
const OPEN_BRACKET = 91;
const LOWER_H = 104;
