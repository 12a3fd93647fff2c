"use client";

import { ArrowDownToLine } from "lucide-react";
import { useCallback, useMemo, useState } from "react";
import { Button } from "#app/_ui/button";
import { pluralize } from "#formats/number";
import { NoContent } from "../shared/data-status";
import type { ViewerProps } from "../shared/viewer-props";
import { colouredRuns } from "../text/coloured-text";
import { LinesView } from "../text/lines-view";
import { logLines } from "./log-lines";

/** A log with its colours and the numbers of its lines. At its end, the view follows what is added. */
export function LogViewer({ data }: ViewerProps) {
  const text = String(data);
  const { lines, coloured } = useMemo(() => logLines(text), [text]);
  const [follows, setFollows] = useState(false);
  const runsOf = useCallback(
    (line: number) => {
      const written = coloured(line);
      return written === undefined ? undefined : colouredRuns(written);
    },
    [coloured],
  );
  if (text === "") return <NoContent />;
  return (
    <div className="space-y-2">
      <div className="flex items-center gap-2 text-faint text-sm tabular-nums">
        {pluralize(lines.starts.length, "line")}
        <Button look="quiet" aria-pressed={follows} onClick={() => setFollows(!follows)} className="ml-auto">
          <ArrowDownToLine aria-hidden className="size-3.5" />
          Follow
        </Button>
      </div>
      <LinesView lines={lines} label="Log" runsOf={runsOf} numbered follows={follows} onEnd={setFollows} />
    </div>
  );
}
