import type { PointerEvent } from "react";
import type { ChangedLine } from "#diff/text";
import { CHANGE } from "./jumps";
import { ChangeSign, LINE_NUMBER, LINE_TEXT, MarkedText, WASH } from "./marks";

export function SplitHead() {
  return (
    <>
      <colgroup>
        <col className="w-12" />
        <col className="w-6" />
        <col />
        <col className="w-12" />
        <col className="w-6" />
        <col />
      </colgroup>
      <thead className="sr-only">
        <tr>
          <th scope="col">Old line</th>
          <th scope="col">Change</th>
          <th scope="col">Old text</th>
          <th scope="col">New line</th>
          <th scope="col">Change</th>
          <th scope="col">New text</th>
        </tr>
      </thead>
    </>
  );
}

/** Lines beside those that replace them. */
export function SplitChanges({ removed, added }: { removed: ChangedLine[]; added: ChangedLine[] }) {
  return (
    <tbody>
      {Array.from({ length: Math.max(removed.length, added.length) }, (_, at) => {
        const [from, to] = [removed[at], added[at]];
        return (
          <tr
            key={`${from?.number}-${to?.number}`}
            {...(at === 0 ? CHANGE : {})}
            className="scroll-my-32 -outline-offset-2"
          >
            <Half line={from} side="from" />
            <Half line={to} side="to" />
          </tr>
        );
      })}
    </tbody>
  );
}

function Half({ line, side }: { line: ChangedLine | undefined; side: "from" | "to" }) {
  const border = side === "to" ? "border-line border-l" : "";
  if (!line) return <td colSpan={3} className={`bg-hover ${border}`} />;
  const op = side === "from" ? "removed" : "added";
  return (
    <>
      <td className={`${LINE_NUMBER} ${WASH[op]} ${border}`}>{line.number}</td>
      <td className={`select-none text-center align-top ${WASH[op]}`}>
        <ChangeSign op={op} />
      </td>
      <td data-side={side} className={`${LINE_TEXT} ${WASH[op]}`}>
        <MarkedText parts={line.parts} side={side} />
      </td>
    </>
  );
}

/** A line that is the same on both sides. */
export function SplitSame({ text, from, to }: { text: string; from: number; to: number }) {
  const parts = [{ text, marked: false }];
  return (
    <tr className="text-soft">
      <td className={LINE_NUMBER}>{from}</td>
      <td />
      <td data-side="from" className={LINE_TEXT}>
        <MarkedText parts={parts} side="from" />
      </td>
      <td className={`${LINE_NUMBER} border-line border-l`}>{to}</td>
      <td />
      <td data-side="to" className={LINE_TEXT}>
        <MarkedText parts={parts} side="to" />
      </td>
    </tr>
  );
}

/** Text is selected on the side where the selection begins. */
export function selectOneSide({ currentTarget, target }: PointerEvent<HTMLElement>): void {
  const side = target instanceof Element ? target.closest<HTMLElement>("[data-side]")?.dataset.side : undefined;
  if (side !== undefined) currentTarget.dataset.selects = side;
}

export const ONE_SIDE =
  "data-[selects=from]:[&_[data-side=to]]:select-none data-[selects=to]:[&_[data-side=from]]:select-none";
