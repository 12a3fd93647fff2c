import type { CSSProperties } from "react";

/** A part of a line with a look of its own. */
export interface Run {
  text: string;
  className?: string;
  style?: CSSProperties;
}

export function Runs({ runs }: { runs: Run[] }) {
  return runs.map(({ text, className, style }, at) =>
    className === undefined ? (
      text
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their position
      <span key={at} className={className} style={style}>
        {text}
      </span>
    ),
  );
}

/** The runs of the characters from one offset to another. */
export function sliceRuns(runs: Run[], from: number, to: number): Run[] {
  const sliced: Run[] = [];
  let at = 0;
  for (const run of runs) {
    const text = run.text.slice(Math.max(0, from - at), Math.max(0, to - at));
    if (text !== "") sliced.push({ ...run, text });
    at += run.text.length;
    if (at >= to) break;
  }
  return sliced;
}
