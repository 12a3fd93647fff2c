import type { ParsedTable } from "#formats/table";
import type { Budget } from "./budget";
import type { Column } from "./columns";
import { equal } from "./equal";
import type { Rename, Tolerance } from "./options";
import type { Pair } from "./rows";

/** A removed and an added column with nearly the same cells. */
export interface RenameOffer extends Rename {
  /** The share of equal cells, more than 0.95. */
  share: number;
}

const MIN_SHARE = 0.95;
/** Columns are compared in full only if they are alike in so many rows. */
const SAMPLE = 100;

/** The columns that were probably renamed: one removed, one added, more than 95 % of their cells equal. */
export function renameOffers(
  pairs: Pair[],
  from: ParsedTable,
  to: ParsedTable,
  columns: Column[],
  tolerance: Tolerance,
  budget: Budget,
): RenameOffer[] {
  const both = pairs.filter((pair) => pair.from !== null && pair.to !== null);
  const shareOf = (removed: number, added: number, rows: Pair[]) => {
    let [filled, same] = [0, 0];
    for (const pair of rows) {
      const [before, after] = [from.rows[pair.from ?? 0]?.[removed], to.rows[pair.to ?? 0]?.[added]];
      if ((before ?? null) === null && (after ?? null) === null) continue;
      filled += 1;
      if (equal(before, after, tolerance)) same += 1;
    }
    return filled === 0 ? 0 : same / filled;
  };
  const offers: RenameOffer[] = [];
  for (const removed of columns) {
    if (removed.from === null || removed.to !== null) continue;
    for (const added of columns) {
      if (added.to === null || added.from !== null || budget.left() === 0) continue;
      if (shareOf(removed.from, added.to, both.slice(0, SAMPLE)) < MIN_SHARE / 2) continue;
      const share = shareOf(removed.from, added.to, both);
      if (share > MIN_SHARE) offers.push({ from: removed.name, to: added.name, share });
    }
  }
  return distinct(offers.sort((a, b) => b.share - a.share));
}

/** `score → points? 100 % of the cells are equal.` */
export function renameText({ from, to, share }: RenameOffer): string {
  return `${from} → ${to}? ${Math.floor(share * 100)} % of the cells are equal.`;
}

/** The first offer of each column. */
function distinct(offers: RenameOffer[]): RenameOffer[] {
  const [from, to] = [new Set<string>(), new Set<string>()];
  return offers.filter((offer) => {
    if (from.has(offer.from) || to.has(offer.to)) return false;
    from.add(offer.from);
    to.add(offer.to);
    return true;
  });
}
