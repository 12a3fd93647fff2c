import Link from "next/link";
import { useState } from "react";
import { Timestamp } from "#app/_ui/age";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { openHereOnClick } from "#app/_ui/shallow-link";
import type { SeriesPoint } from "#contract/series";
import { formatCount } from "#formats/number";
import { keyHref } from "../../../../_list/artifact-url";
import { chartRows, type Line } from "./chart-rows";
import { type Overlay, overlayName } from "./overlay";

/** The points of all lines of a chart as a table; `hidden` is the number of versions of the key without a point. */
export function ChartTable({
  name,
  points,
  lines,
  hidden,
  format,
  formatOther,
  hrefOf,
}: {
  name: string;
  points: SeriesPoint[];
  lines: Line[];
  hidden: number;
  format: (value: number) => string;
  formatOther: (overlay: Overlay, value: number) => string;
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
        <ScrollRegion label={`${name} data`} className="mt-2 max-h-64 overflow-auto rounded-md border">
          <table className="w-full text-left tabular-nums">
            <thead className="sticky top-0 bg-surface">
              <tr className="text-faint [&>th]:px-3 [&>th]:py-1.5 [&>th]:font-normal">
                <th>Version</th>
                <th className="text-right">{name}</th>
                {lines.map(({ overlay }) => (
                  <th key={overlayName(overlay)} className="max-w-48 truncate text-right">
                    {overlayName(overlay)}
                  </th>
                ))}
                <th className="text-right">Created</th>
              </tr>
            </thead>
            <tbody className="[&_td]:border-t [&_td]:px-3 [&_td]:py-1">
              {chartRows(points, lines).map(({ key, version, values: [value, ...others], created }) => (
                <tr key={`${version} ${key}`}>
                  <td className="whitespace-nowrap">
                    {key === null ? (
                      <Link
                        href={hrefOf(version)}
                        prefetch={false}
                        scroll={false}
                        onClick={openHereOnClick}
                        className="hover:text-accent"
                      >
                        v{formatCount(version)}
                      </Link>
                    ) : (
                      <Link href={`${keyHref(key)}?version=${version}`} prefetch={false} className="hover:text-accent">
                        {key} v{formatCount(version)}
                      </Link>
                    )}
                  </td>
                  <td className="whitespace-nowrap text-right">{value !== undefined && format(value)}</td>
                  {lines.map(({ overlay }, line) => (
                    <td key={overlayName(overlay)} className="whitespace-nowrap text-right">
                      {others[line] !== undefined && formatOther(overlay, others[line])}
                    </td>
                  ))}
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
