"use client";

import { SlidersHorizontal } from "lucide-react";
import { type ReactNode, useId } from "react";
import { Choice } from "#app/_ui/field";
import { Popover } from "#app/_ui/popover";
import { type DiffMode, ROW_ORDERS, type RowOrder, TOLERANCES, type Tolerance } from "#diff/options";
import { toleranceText } from "#diff/summary";
import type { TableDifference } from "#diff/table";
import type { CompareView } from "./view";
import type { Comparison } from "./worker";

const MODE_LABELS: Record<DiffMode, string> = { rows: "Row", paths: "Path", lines: "Line" };
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
    data.kind !== "images" && data.kind !== "text" && (data.kind !== "same" || data.within !== undefined);
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
            <Option label="Compare by">
              {(id) => (
                <Choice
                  id={id}
                  value={view.as !== null && modes.includes(view.as) ? view.as : modes[0]}
                  onChange={(event) => onView({ as: modes.find((mode) => mode === event.target.value) ?? null })}
                >
                  {modes.map((mode) => (
                    <option key={mode} value={mode}>
                      {MODE_LABELS[mode]}
                    </option>
                  ))}
                </Choice>
              )}
            </Option>
          )}
          {data.kind === "table" && <RowMatch difference={data} view={view} onView={onView} />}
          {hasNumbers && (
            <Option label="Same number if within">
              {(id) => (
                <Choice
                  id={id}
                  value={view.tolerance}
                  onChange={(event) => onView({ tolerance: found(TOLERANCES, event.target.value) })}
                >
                  {TOLERANCES.map((tolerance) => (
                    <option key={tolerance} value={tolerance}>
                      {labelOf(tolerance)}
                    </option>
                  ))}
                </Choice>
              )}
            </Option>
          )}
          {data.kind === "table" && (
            <Option label="Row order">
              {(id) => (
                <Choice
                  id={id}
                  value={view.order}
                  onChange={(event) => onView({ order: found(ROW_ORDERS, event.target.value) })}
                >
                  {ROW_ORDERS.map((order) => (
                    <option key={order} value={order}>
                      {ORDER_LABELS[order]}
                    </option>
                  ))}
                </Choice>
              )}
            </Option>
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

function found<Value extends string>(values: readonly Value[], text: string): Value | undefined {
  return values.find((value) => value === text);
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
