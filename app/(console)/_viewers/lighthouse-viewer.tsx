"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { formatCount } from "#formats/number";
import { jsonOfRows } from "#formats/reports/report-rows";
import { readLighthouse } from "./lighthouse/lighthouse";
import type { ViewerProps } from "./shared/viewer-props";
import { TableOfText } from "./table-of-text";

/** Of a score: what Lighthouse itself calls good, and below the other poor. */
const GOOD = 0.9;
const POOR = 0.5;

/** How many categories are shown; Lighthouse has five. */
const MAX_CATEGORIES = 20;

/** A report of Lighthouse: the score of each category, then all audits as a table. */
export function LighthouseViewer({ artifact, data }: ViewerProps) {
  const { url, categories, audits, total } = useMemo(() => readLighthouse(data), [data]);
  const { text, left } = useMemo(
    () =>
      jsonOfRows(
        audits.map(({ score, ...audit }) => ({ ...audit, score: percentOf(score) })),
        total,
      ),
    [audits, total],
  );
  return (
    <div className="space-y-6">
      {url !== "" && <p className="break-all text-soft text-sm">{url}</p>}
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        {categories.slice(0, MAX_CATEGORIES).map(({ title, score }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat
          <div key={at}>
            <dt className="text-soft text-sm">{title}</dt>
            <dd className={`font-semibold text-xl tabular-nums ${colourOf(score)}`}>
              {percentOf(score) ?? "not measured"}
            </dd>
          </div>
        ))}
      </dl>
      {categories.length > MAX_CATEGORIES && (
        <p className="text-faint text-sm">and {formatCount(categories.length - MAX_CATEGORIES)} more</p>
      )}
      {left !== null && <Notice>{left}</Notice>}
      {audits.length > 0 && <TableOfText artifact={artifact} text={text} fallback={null} hasHistory={false} />}
    </div>
  );
}

function percentOf(score: number | null): number | null {
  return score === null ? null : Math.round(score * 100);
}

function colourOf(score: number | null): string {
  if (score === null) return "text-soft";
  return score >= GOOD ? "text-good" : score < POOR ? "text-danger" : "text-warn";
}
