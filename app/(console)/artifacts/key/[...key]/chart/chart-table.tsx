import Link from "next/link";
import { useState } from "react";
import { Timestamp } from "#app/_ui/age";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { openHereOnClick } from "#app/_ui/shallow-link";
import type { SeriesPoint } from "#contract/series";
import { formatCount } from "#formats/number";

/** The points of a chart as a table; `hidden` is the number of versions without a point. */
export function ChartTable({
  name,
  points,
  hidden,
  format,
  isPast,
  hrefOf,
}: {
  name: string;
  points: SeriesPoint[];
  hidden: number;
  format: (value: number) => string;
  /** Whether the versions are of the past, which the server renders. */
  isPast: boolean;
  hrefOf: (version: number) => string;
}) {
  const [shown, setShown] = useState(false);
  return (
    <details onToggle={(event) => setShown(event.currentTarget.open)} className="text-sm">
      <summary className="w-fit rounded text-faint hover:text-ink">
        Show data
        {hidden > 0 && <span> (min and max per interval; {formatCount(points.length + hidden)} versions)</span>}
      </summary>
      {shown && (
        <ScrollRegion label={`${name} data`} className="mt-2 max-h-64 overflow-y-auto rounded-md border">
          <table className="w-full text-left tabular-nums">
            <thead className="sticky top-0 bg-surface">
              <tr className="text-faint [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-normal">
                <th>Version</th>
                <th className="text-right">{name}</th>
                <th className="text-right">Created</th>
              </tr>
            </thead>
            <tbody className="[&_td]:border-t [&_td]:px-3 [&_td]:py-1">
              {points.toReversed().map(({ version, value, created }) => (
                <tr key={version}>
                  <td>
                    <Link
                      href={hrefOf(version)}
                      prefetch={false}
                      scroll={false}
                      onClick={isPast ? undefined : openHereOnClick}
                      className="hover:text-accent"
                    >
                      v{version}
                    </Link>
                  </td>
                  <td className="text-right">{format(value)}</td>
                  <td className="text-right text-soft">
                    <Timestamp of={created} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}
    </details>
  );
}
