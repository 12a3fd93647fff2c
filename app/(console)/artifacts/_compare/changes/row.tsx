import type { Json } from "#contract/json";
import { type Cell, cellChange, emptyWord, valueText } from "#diff/cell";
import type { RowChange, TableDifference } from "#diff/table";
import { CHANGE } from "./jumps";
import { ChangeSign, WASH } from "./marks";

/** In characters. Longer values are cut. */
const MAX_VALUE = 200;

/** A changed, added or removed row. */
export function Row({
  row,
  columns,
  shownColumns,
  keyColumns,
}: {
  row: RowChange;
  columns: TableDifference["columns"];
  shownColumns: number[];
  keyColumns: number[];
}) {
  return (
    <tr {...CHANGE} className={`group scroll-my-32 -outline-offset-2 ${WASH[row.op]}`}>
      <td className="select-none border-b px-2.5 text-center group-last:border-b-0">
        <ChangeSign op={row.op} />
      </td>
      {shownColumns.map((at) => {
        const cell = row.cells[at];
        const look = `max-w-96 truncate border-b px-3 py-1 group-last:border-b-0 ${columns[at]?.numeric ? "text-right" : "text-left"}`;
        if (!cell) return <td key={at} className={look} />;
        if (keyColumns.includes(at)) {
          return (
            <th key={at} scope="row" className={`${look} font-medium`}>
              {cell.changed ? <ChangedCell cell={cell} /> : <Value value={cell.to ?? cell.from} />}
            </th>
          );
        }
        return (
          <td key={at} className={`${look} ${cell.changed ? "bg-warn-wash" : ""}`} title={titleOf(cell)}>
            {cell.changed ? (
              <ChangedCell cell={cell} />
            ) : (
              <Unchanged value={cell.to ?? cell.from ?? ""} faint={row.op === "changed"} />
            )}
          </td>
        );
      })}
      <td className="w-full border-b group-last:border-b-0" />
    </tr>
  );
}

/** The old and new value of a cell, and the difference of numbers. */
function ChangedCell({ cell }: { cell: Cell }) {
  const { from, to, note, step } = cellChange(cell);
  return (
    <>
      <del className="text-soft no-underline">
        <Value value={cell.from} text={from} />
      </del>
      <span aria-hidden className="px-1.5 text-faint">
        →
      </span>
      <ins className="font-medium no-underline">
        <Value value={cell.to} text={to} />
      </ins>
      {note !== null && <span className="ml-2 text-soft text-xs">{note}</span>}
      {step !== null && <span className="ml-2 text-faint text-xs">{step}</span>}
    </>
  );
}

function Unchanged({ value, faint }: { value: Json | undefined; faint: boolean }) {
  if (value === "") return null;
  return (
    <span className={faint ? "text-faint" : ""}>
      <Value value={value} />
    </span>
  );
}

function Value({ value, text = valueText(value) }: { value: Json | undefined; text?: string }) {
  const word = emptyWord(value);
  if (word !== null) return <span className="text-faint">{word}</span>;
  return text.length > MAX_VALUE ? `${text.slice(0, MAX_VALUE)}…` : text;
}

function titleOf({ from, to, changed }: Cell): string | undefined {
  const text = changed ? `${valueText(from)} → ${valueText(to)}` : valueText(to ?? from);
  return text.length > 40 ? text.slice(0, 2000) : undefined;
}
