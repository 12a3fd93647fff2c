import { useId } from "react";
import { Choice } from "#app/_ui/field";
import { formatCount, pluralize } from "#formats/number";
import { type CellKind, convertCell, kindOfCell } from "./cell";
import type { Position } from "./move";
import type { Cell, Sheet } from "./sheet";

const KINDS: [kind: CellKind, name: string][] = [
  ["text", "Text"],
  ["number", "Number"],
  ["boolean", "True or false"],
  ["null", "Null"],
  ["list", "List (JSON)"],
  ["object", "Object (JSON)"],
  ["missing", "No value"],
];

/** The active cell and its type, which can be changed, what happened last, and the size of the sheet. */
export function StatusLine({
  sheet,
  active,
  message,
  onConvert,
}: {
  sheet: Sheet;
  active: Position;
  message: string | null;
  onConvert: (cell: Cell) => void;
}) {
  const row = sheet.rows[active.row];
  const [rows, columns] = [sheet.rows.length, sheet.columns.length];
  return (
    <div className="mt-2 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2 text-faint text-xs">
      {row && columns > 0 && (
        <TypeChoice cell={row.cells[active.column]} mayMiss={sheet.kind === "objects"} onConvert={onConvert} />
      )}
      <p role="status" className="min-w-0 flex-1 basis-60">
        {message ?? "Type or press Enter to edit, Delete for null, and paste from a spreadsheet."}
      </p>
      <span className="tabular-nums">
        {pluralize(rows, "row")} × {pluralize(columns, "column")}, {formatCount(rows * columns)} cells
      </span>
    </div>
  );
}

function TypeChoice({
  cell,
  mayMiss,
  onConvert,
}: {
  cell: Cell;
  /** Whether a row may lack a value in the middle. */
  mayMiss: boolean;
  onConvert: (cell: Cell) => void;
}) {
  const id = useId();
  const kind = kindOfCell(cell);
  const options = KINDS.filter(([each]) => each !== "missing" || mayMiss || kind === "missing").map(([each, name]) => ({
    kind: each,
    name,
    converted: convertCell(cell, each),
  }));
  return (
    <span className="flex items-center gap-2">
      <label htmlFor={id}>Type of the cell</label>
      <Choice
        id={id}
        value={kind}
        onChange={(event) => {
          const option = options.find((each) => each.kind === event.target.value);
          if (option?.converted) onConvert(option.converted.cell);
        }}
      >
        {options.map((option) => (
          <option key={option.kind} value={option.kind} disabled={option.converted === null}>
            {option.name}
          </option>
        ))}
      </Choice>
    </span>
  );
}
