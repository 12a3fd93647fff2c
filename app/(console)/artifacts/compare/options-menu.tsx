"use client";

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Choice } from "#app/_ui/field";
import { Popover } from "#app/_ui/popover";
import { type DiffMode, ROW_ORDERS, type RowOrder, TOLERANCES, type Tolerance } from "#diff/options";
import { toleranceText } from "#diff/summary";
import type { TableDifference } from "#diff/table";
import type { CompareView } from "../_compare/view";
import type { Comparison } from "../_compare/worker";

const MODE_LABELS: Record<DiffMode, string> = { parts: "Cell", rows: "Row", paths: "Path", lines: "Line" };
const ORDER_LABELS: Record<RowOrder, string> = { table: "As in the table", largest: "Largest change first" };
const POSITION = "";

interface Props {
  comparison: Comparison;
  view: CompareView;
  onView: (part: Partial<CompareView>) => void;
}

/** How the data is compared. Nothing if there is only one way. */
export function OptionsMenu({ comparison: { data, modes }, view, onView }: Props) {
  const hasNumbers =
    data.kind !== "images" &&
    data.kind !== "text" &&
    data.kind !== "parts" &&
    (data.kind !== "same" || data.within !== undefined);
  if (modes.length < 2 && !hasNumbers) return null;
  return (
    <Popover
      button={
        <>
          <SlidersHorizontal aria-hidden className="size-3.5" />
          Options
        </>
      }
      label="Options"
      align="right"
    >
      {() => (
        <div className="grid gap-3 p-4 text-sm">
          {modes.length > 1 && (
            <OptionChoice
              label="Compare by"
              value={view.as !== null && modes.includes(view.as) ? view.as : modes[0]}
              values={modes}
              textOf={(mode) => MODE_LABELS[mode]}
              onPick={(mode) => onView({ as: mode ?? null })}
            />
          )}
          {data.kind === "table" && <RowMatch difference={data} view={view} onView={onView} />}
          {hasNumbers && (
            <OptionChoice
              label="Same number if within"
              value={view.tolerance}
              values={TOLERANCES}
              textOf={labelOf}
              onPick={(tolerance) => onView({ tolerance })}
            />
          )}
          {data.kind === "table" && (
            <OptionChoice
              label="Row order"
              value={view.order}
              values={ROW_ORDERS}
              textOf={(order) => ORDER_LABELS[order]}
              onPick={(order) => onView({ order })}
            />
          )}
          {data.kind === "table" && view.renamed.length > 0 && (
            <button
              type="button"
              className="justify-self-start text-accent hover:underline"
              onClick={() => onView({ renamed: [] })}
            >
              Compare renamed columns as removed and added
            </button>
          )}
        </div>
      )}
    </Popover>
  );
}

function Option({ label, children }: { label: string; children: (id: string) => ReactNode }) {
  const id = useId();
  return (
    <div className="grid grid-cols-[9rem_minmax(0,1fr)] items-center gap-3">
      <label htmlFor={id} className="text-soft">
        {label}
      </label>
      {children(id)}
    </div>
  );
}

/** An option that is one of several values. */
function OptionChoice<Value extends string>({
  label,
  value,
  values,
  textOf,
  onPick,
}: {
  label: string;
  value: Value | undefined;
  values: readonly Value[];
  textOf: (value: Value) => string;
  onPick: (value: Value | undefined) => void;
}) {
  return (
    <Option label={label}>
      {(id) => (
        <Choice id={id} value={value} onChange={({ target }) => onPick(values.find((each) => each === target.value))}>
          {values.map((each) => (
            <option key={each} value={each}>
              {textOf(each)}
            </option>
          ))}
        </Choice>
      )}
    </Option>
  );
}

function labelOf(tolerance: Tolerance): string {
  return tolerance === "exact" ? "Exact" : toleranceText(tolerance);
}

/** Selects the column that rows are matched by, or their position. */
function RowMatch({
  difference: { columns, key },
  view,
  onView,
}: Omit<Props, "comparison"> & { difference: TableDifference }) {
  const keyNames = key.map((at) => columns[at]?.name ?? "");
  // A key of several columns is only ever inferred.
  const compositeKey = key.length > 1 ? JSON.stringify(keyNames) : null;
  const choices = columns.filter(({ from, to, name }) => from !== null && to !== null && name !== "");
  const names = [...new Set(choices.map(({ name }) => name))];
  const isInferred = view.match === "key" && view.by.length === 0 && key.length > 0;
  const pick = (value: string) => {
    if (value === compositeKey) return;
    if (value === POSITION) onView({ match: "order", by: [] });
    else onView({ match: "key", by: names.filter((name) => JSON.stringify([name]) === value) });
  };
  return (
    <Option label="Match rows by">
      {(id) => (
        <Choice
          id={id}
          value={compositeKey ?? (key.length === 0 ? POSITION : JSON.stringify(keyNames))}
          onChange={(event) => pick(event.target.value)}
        >
          {compositeKey !== null && (
            <option value={compositeKey}>
              {keyNames.join(" and ")}
              {isInferred && " (auto)"}
            </option>
          )}
          {names.map((name) => (
            <option key={name} value={JSON.stringify([name])}>
              {name}
              {isInferred && compositeKey === null && keyNames[0] === name && " (auto)"}
            </option>
          ))}
          <option value={POSITION}>Position</option>
        </Choice>
      )}
    </Option>
  );
}
