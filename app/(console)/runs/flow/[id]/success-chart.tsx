"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { pluralize } from "#formats/number";
import { type ChartSpan, flowHistoryQuery } from "../../flow-queries";
import { type Day, daysOf, percent, successOf } from "./success";

const DATE = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const PARTS = [
  { name: "completed", color: "bg-good/70" },
  { name: "failed", color: "bg-danger" },
  { name: "other", color: "bg-edge" },
] as const;

/** The runs of a flow as a bar for each step of a span, in parts by what became of them. */
export function SuccessChart({ id, span }: { id: string; span: ChartSpan }) {
  const { data } = useSuspenseQuery(flowHistoryQuery(useApi(), id, span));
  const days = daysOf(data);
  const { runs, share } = successOf(days);
  const most = Math.max(1, ...days.map(totalOf));
  const [first] = days;
  if (!first) return null;
  return (
    <figure aria-labelledby="success-title" className="rounded-lg border bg-surface p-4">
      <figcaption className="mb-4 flex flex-wrap items-baseline gap-x-3">
        <span id="success-title" className="sr-only">
          Runs over time
        </span>
        <span className="font-semibold text-2xl tabular-nums tracking-tight">
          {share === null ? "–" : percent(share)}
        </span>
        <span className="text-soft text-sm">
          completed, of {pluralize(runs, "run")} since {dateOf(first)}
        </span>
      </figcaption>
      <div aria-hidden className="flex h-24 items-end gap-px border-b sm:gap-1">
        {days.map((day) => (
          <div key={day.date} title={sentenceOf(day, span)} className="flex h-full min-w-0 flex-1 flex-col justify-end">
            {PARTS.toReversed().map(
              ({ name, color }) =>
                day[name] > 0 && (
                  <div
                    key={name}
                    style={{ height: `${(100 * day[name]) / most}%` }}
                    className={`min-h-0.5 w-full first:rounded-t-[2px] ${color}`}
                  />
                ),
            )}
          </div>
        ))}
      </div>
      <div aria-hidden className="mt-1.5 flex justify-between text-faint text-xs tabular-nums">
        <span>{dateOf(first)}</span>
        <span>{DATE.format(span.end - 1)}</span>
      </div>
      <table className="sr-only">
        <caption>Runs over time</caption>
        <thead>
          <tr>
            <th scope="col">From</th>
            {PARTS.map(({ name }) => (
              <th key={name} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days
            .filter((day) => totalOf(day) > 0)
            .map((day) => (
              <tr key={day.date}>
                <th scope="row">{dateOf(day)}</th>
                {PARTS.map(({ name }) => (
                  <td key={name}>{day[name]}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </figure>
  );
}

function totalOf({ completed, failed, other }: Day): number {
  return completed + failed + other;
}

function dateOf({ date }: Day): string {
  return DATE.format(new Date(date));
}

function sentenceOf(day: Day, { step }: ChartSpan): string {
  const parts = PARTS.filter(({ name }) => day[name] > 0).map(({ name }) => `${day[name]} ${name}`);
  const last = { ...day, date: new Date(Date.parse(day.date) + step - 1).toISOString() };
  const dates = [...new Set([dateOf(day), dateOf(last)])].join(" to ");
  return `${dates}: ${parts.join(", ") || "no runs"}`;
}
