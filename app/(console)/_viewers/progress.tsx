"use client";

import { Age, useTimedText } from "#app/_ui/age";
import { formatNumber } from "#formats/number";
import type { ViewerProps } from "./shared/viewer-props";

/** Progress without an update for so many milliseconds is stale. */
const STALE_AFTER = 10 * 60_000;
const STATUS = {
  done: { bar: "bg-good", text: "font-medium text-good", label: "Done" },
  stale: { bar: "bg-warn", text: "font-medium text-warn", label: "Stalled: last updated" },
  active: { bar: "bg-accent", text: "text-soft", label: "Updated" },
};

export function ProgressViewer({ artifact, data }: ViewerProps) {
  return <Progress value={Number(data)} updated={artifact.updated} />;
}

/** A value with the time of its last update; its bar is full from 100 on. */
export function Progress({ value, updated }: { value: number; updated: string }) {
  const activity = useTimedText((now) => (now - Date.parse(updated) > STALE_AFTER ? "stale" : "active"));
  const { bar, text, label } = STATUS[value >= 100 ? "done" : activity];
  const filled = Math.min(100, Math.max(0, value));
  return (
    <div className="max-w-xl py-2">
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="font-semibold text-4xl tabular-nums tracking-tight">
          {formatNumber(Math.round(value * 10) / 10)}
          <span className="ml-1 text-soft text-xl">%</span>
        </span>
        <span className={`ml-auto text-sm ${text}`}>
          {label} <Age of={updated} suffix=" ago" />
        </span>
      </div>
      <div
        role="progressbar"
        aria-label="Progress"
        aria-valuenow={filled}
        aria-valuetext={`${formatNumber(value)} %`}
        aria-valuemin={0}
        aria-valuemax={100}
        className="mt-4 h-2 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full transition-[width] duration-700 ease-out ${bar}`}
          style={{ width: `${filled}%` }}
        />
      </div>
    </div>
  );
}
