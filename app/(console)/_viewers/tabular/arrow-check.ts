import type { Column } from "@uwdata/flechette";

/** The values of a column in a record batch, as its reader gives them. */
type Batch = Column<unknown>["data"][number];

/** Values without bytes. */
const MAX_NULLS = 8_000_000;

const BROKEN = "The file is broken: the lengths of its lists are impossible.";

/**
 * Checks that lists are within the values that they are of: their reader makes a list as long as the file says.
 * @throws RangeError
 */
export function checkBatch(batch: Batch): void {
  const { length, offsets, sizes, children = [], type } = batch;
  const [items] = children;
  if (!Number.isSafeInteger(length) || length < 0) throw new RangeError(BROKEN);
  if (offsets && offsets.length < length) throw new RangeError(BROKEN);
  if (type.typeId === 16 && length * type.stride > (items?.length ?? 0)) throw new RangeError(BROKEN);
  if (offsets && items && type.typeId !== 14) {
    for (let row = 0; row < length; row += 1) {
      const from = Number(offsets[row]);
      const to = sizes ? from + Number(sizes[row]) : Number(offsets[row + 1]);
      if (!(from >= 0 && from <= to && to <= items.length)) throw new RangeError(BROKEN);
    }
  }
  for (const child of children) {
    if (capacityOf(child) < child.length) throw new RangeError(BROKEN);
    checkBatch(child);
  }
}

/** How many values the bytes of a batch may have: a bit each at least. */
function capacityOf({ values, offsets, children = [] }: Batch): number {
  if (offsets) return offsets.length;
  if (values) return 8 * values.byteLength;
  return children.length > 0 ? Math.max(...children.map(({ length }) => length)) : MAX_NULLS;
}
