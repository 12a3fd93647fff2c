import { formatCount } from "#formats/number";
import { usePrinting } from "./use-printing";

/** More would keep the browser busy for too long, and fill more than a hundred pages. */
export const MAX_PRINTED_ROWS = 5000;

/** On paper, says how many of the rows are not there. */
export function PrintedRows({ count }: { count: number }) {
  const printing = usePrinting();
  if (!printing || count <= MAX_PRINTED_ROWS) return null;
  return (
    <p className="mb-2 text-sm">
      First {formatCount(MAX_PRINTED_ROWS)} of {formatCount(count)} rows. Download the data for all of them.
    </p>
  );
}
