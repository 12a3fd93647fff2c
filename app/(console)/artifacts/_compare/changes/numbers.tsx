import { stepOf } from "#diff/cell";
import { formatNumber } from "#formats/number";
import { CHANGE } from "./jumps";

/** The old and new number with the absolute and relative change. */
export function NumberDifference({ difference: { from, to } }: { difference: { from: number; to: number } }) {
  const step = to - from;
  const share = from === 0 ? null : (step / Math.abs(from)) * 100;
  const sign = step > 0 ? "+" : "−";
  return (
    <div
      {...CHANGE}
      className="flex flex-wrap items-baseline gap-x-4 gap-y-1 rounded-md border bg-surface px-5 py-6 tabular-nums tracking-tight"
    >
      <span className="text-2xl text-soft">{formatNumber(from)}</span>
      <span aria-hidden className="text-faint text-xl">
        →
      </span>
      <span className="font-semibold text-4xl">
        <span className="sr-only">to </span>
        {formatNumber(to)}
      </span>
      <span className="text-lg text-soft">
        {stepOf(step)}
        {share !== null && (
          <span className="ml-2 text-base text-faint">
            {sign}
            {formatNumber(Math.round(Math.abs(share) * 100) / 100)} %
          </span>
        )}
      </span>
    </div>
  );
}
