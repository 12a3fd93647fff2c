"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { pluralize } from "#formats/number";
import { readCoverage } from "#formats/reports/cobertura";
import { type Covered, coverageRows, shareOf, sumOf } from "#formats/reports/lcov";
import type { ViewerProps } from "./shared/viewer-props";
import { TableOfText } from "./table-of-text";
import { TextView } from "./text/text-view";

/** In percent: what is good, and below the other what is bad. */
const GOOD = 80;
const BAD = 50;

/** Coverage in the format of lcov or in Cobertura's XML: the totals, and all files as a table. */
export function CoverageViewer({ artifact, data }: ViewerProps) {
  const text = String(data);
  const files = useMemo(() => readCoverage(text), [text]);
  const rows = useMemo(() => JSON.stringify(coverageRows(files)), [files]);
  if (files.length === 0) {
    return (
      <div className="space-y-3">
        <Notice>This isn't a report of lcov or Cobertura, so it's shown as text.</Notice>
        <TextView text={text} label="Text" />
      </div>
    );
  }
  return (
    <div className="space-y-6">
      <dl className="flex flex-wrap gap-x-10 gap-y-3">
        <Total name="Lines" covered={sumOf(files.map(({ lines }) => lines))} />
        <Total name="Functions" covered={sumOf(files.map(({ functions }) => functions))} />
        <Total name="Branches" covered={sumOf(files.map(({ branches }) => branches))} />
        <div>
          <dt className="text-soft text-sm">Files</dt>
          <dd className="font-semibold text-xl tabular-nums">{pluralize(files.length, "file")}</dd>
        </div>
      </dl>
      <TableOfText artifact={artifact} text={rows} fallback={null} hasHistory={false} />
    </div>
  );
}

function Total({ name, covered }: { name: string; covered: Covered }) {
  const share = shareOf(covered);
  if (share === null) return null;
  const colour = share >= GOOD ? "text-good" : share < BAD ? "text-danger" : "text-warn";
  return (
    <div>
      <dt className="text-soft text-sm">{name}</dt>
      <dd className="tabular-nums">
        <span className={`font-semibold text-xl ${colour}`}>{share} %</span>{" "}
        <span className="text-faint text-sm">
          {covered.hit} of {covered.found}
        </span>
      </dd>
    </div>
  );
}
