"use client";

import { useMemo } from "react";
import { Notice } from "#app/_ui/notice";
import { formatCount, pluralize } from "#formats/number";
import { jsonOfRows } from "#formats/reports/report-rows";
import { LEVELS, type Level, readSarif } from "#formats/reports/sarif";
import type { ViewerProps } from "./shared/viewer-props";
import { TableOfText } from "./table-of-text";

const NOUNS: Record<Level, string> = { error: "error", warning: "warning", note: "note", none: "other result" };
const COLOURS: Record<Level, string> = {
  error: "text-danger",
  warning: "text-warn",
  note: "text-ink",
  none: "text-soft",
};

/** A SARIF log of a static analysis: how many results of each level it has, then all results as a table. */
export function SarifViewer({ artifact, data }: ViewerProps) {
  const { tools, findings, total, counts } = useMemo(() => readSarif(data), [data]);
  const { text, left } = useMemo(
    () =>
      jsonOfRows(
        findings.map(({ level, rule, message, file, line, isSuppressed }) => ({
          level: isSuppressed ? `${level} (suppressed)` : level,
          rule,
          message,
          file,
          line,
        })),
        total,
      ),
    [findings, total],
  );
  const open = LEVELS.reduce((sum, level) => sum + counts[level], 0);
  const suppressed = total - open;
  return (
    <div className="space-y-6">
      <p className="flex flex-wrap items-baseline gap-x-5 gap-y-1 tabular-nums">
        {open === 0 && <strong className="font-semibold text-good text-xl">No problems</strong>}
        {LEVELS.map(
          (level) =>
            counts[level] > 0 && (
              <strong key={level} className={`font-semibold text-xl ${COLOURS[level]}`}>
                {pluralize(counts[level], NOUNS[level])}
              </strong>
            ),
        )}
        {suppressed > 0 && <span className="text-soft">{formatCount(suppressed)} suppressed</span>}
        <span className="text-soft">{tools.join(", ")}</span>
      </p>
      {left !== null && <Notice>{left}</Notice>}
      {findings.length > 0 && <TableOfText artifact={artifact} text={text} fallback={null} hasHistory={false} />}
    </div>
  );
}
