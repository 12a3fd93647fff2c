import type { Part } from "#diff/words";
import type { CHANGE } from "./jumps";
import { MarkedText } from "./marks";
import { ChangeSign, WASH } from "./sign";

const NUMBER = "select-none px-2 text-right align-top text-faint text-xs leading-5 tabular-nums max-sm:hidden";

/** One line of a text: where it stands on each side, its sign, and its words. */
export function Line({
  op,
  from,
  to,
  parts,
  mark,
}: {
  op?: "added" | "removed";
  from?: number;
  to?: number;
  parts: Part[];
  mark?: typeof CHANGE;
}) {
  return (
    <tr {...mark} className={`scroll-my-32 -outline-offset-2 ${op ? WASH[op] : ""}`}>
      <td className={NUMBER}>{from}</td>
      <td className={NUMBER}>{to}</td>
      <td className="select-none text-center align-top">{op && <ChangeSign op={op} />}</td>
      <td className={`whitespace-pre-wrap break-words pr-3 align-top ${op ? "" : "text-soft"}`}>
        <MarkedText parts={parts} side={op === "removed" ? "from" : "to"} />
      </td>
    </tr>
  );
}
