import { Button } from "#app/_ui/button";
import { type RenameOffer, renameText } from "#diff/rename";
import type { TableDifference } from "#diff/table";
import { typeChangeText } from "#diff/type-change";

/** What changed about whole columns: added and removed ones, types, and those that were probably renamed. */
export function ColumnChanges({
  difference: { columns, typeChanges, renames },
  onAccept,
}: {
  difference: TableDifference;
  onAccept: (offer: RenameOffer) => void;
}) {
  const changed = columns.filter(({ from, to }) => from === null || to === null);
  if (changed.length + typeChanges.length === 0) return null;
  return (
    <div className="mb-3 space-y-2 text-sm">
      {changed.length > 0 && (
        <ul aria-label="Changed columns" className="flex flex-wrap gap-2">
          {changed.map(({ name, from }, at) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
              key={at}
              className={`rounded px-2 py-0.5 ${from === null ? "bg-good-wash" : "bg-danger-wash"}`}
            >
              <span className={`font-medium font-mono ${from === null ? "text-good" : "text-danger"}`}>
                {from === null ? "+" : "−"}
              </span>{" "}
              column {name || "(no name)"}
            </li>
          ))}
        </ul>
      )}
      {renames.map((offer) => (
        <p key={offer.from} className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {renameText(offer)}
          <Button onClick={() => onAccept(offer)}>Compare as renamed</Button>
        </p>
      ))}
      {typeChanges.length > 0 && (
        <ul aria-label="Changed types" className="space-y-0.5 tabular-nums">
          {typeChanges.map((change) => (
            <li key={change.column}>{typeChangeText(change)}</li>
          ))}
        </ul>
      )}
    </div>
  );
}
