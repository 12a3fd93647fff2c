import Link from "next/link";
import { useState } from "react";
import { Timestamp } from "#app/_ui/age";
import { ScrollRegion } from "#app/_ui/scroll-region";
import type { SeriesPoint } from "#contract/series";
import { formatCount } from "#formats/number";

/** The points of a chart as a table, made when it is opened; `hidden` versions lie between them. */
export function ChartTable({
  name,
  points,
  hidden,
  write,
  hrefOf,
}: {
  name: string;
  points: SeriesPoint[];
  hidden: number;
  write: (value: number) => string;
  hrefOf: (version: number) => string;
}) {
  const [shown, setShown] = useState(false);
  return (
    <details onToggle={(event) => setShown(event.currentTarget.open)} className="text-sm">
      <summary className="w-fit rounded text-faint hover:text-ink">
        As a table
        {hidden > 0 && (
          <span> (of {formatCount(points.length + hidden)} versions the least and greatest of each stretch)</span>
        )}
      </summary>
      {shown && (
        <ScrollRegion label={`${name} as a table`} className="mt-2 max-h-64 overflow-y-auto rounded-md border">
          <table className="w-full text-left tabular-nums">
            <thead className="sticky top-0 bg-surface">
              <tr className="text-faint [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-normal">
                <th>Version</th>
                <th className="text-right">{name}</th>
                <th className="text-right">Made</th>
              </tr>
            </thead>
            <tbody className="[&_td]:border-t [&_td]:px-3 [&_td]:py-1">
              {points.toReversed().map(({ version, value, created }) => (
                <tr key={version}>
                  <td>
                    <Link href={hrefOf(version)} prefetch={false} scroll={false} className="hover:text-accent">
                      v{version}
                    </Link>
                  </td>
                  <td className="text-right">{write(value)}</td>
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
