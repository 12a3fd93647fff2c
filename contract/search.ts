import { z } from "zod";
import { Include } from "./artifact";
import { MAX_LIMIT } from "./limits";
import { AsOf, Id } from "./value";
import { Query, Where } from "./where";

/** Input of `search.why`: a query, and the ids of up to 200 artifacts that it finds. */
export const SearchWhy = z.strictObject({ query: Query, ids: z.array(Id).min(1).max(MAX_LIMIT), asOf: AsOf });
export type SearchWhy = z.infer<typeof SearchWhy>;

/** Input of `search.best`: as of `collection.page`, without a sort and a cursor. */
export const SearchBest = z.strictObject({
  where: Where,
  include: Include,
  limit: z.int().min(1).max(MAX_LIMIT).default(50),
});
export type SearchBest = z.infer<typeof SearchBest>;

/** A text that has words of a query. Offsets are in UTF-16 code units. */
export interface SearchMatch {
  in: "key" | "title" | "about" | "description" | "metadata" | "data";
  /** The text around the first match, in one line. */
  text: string;
  /** Where matches in `text` begin and end. */
  marks: [from: number, to: number][];
  /** Of a table: up to 10 rows that match, from 1, and whether there are more; the column of the text. */
  rows?: number[];
  moreRows?: boolean;
  /** At most 200 characters of it. */
  column?: string;
  /**
   * Of JSON and metadata: the names and positions on the way to the value; absent where they have more than 2,000
   * characters.
   */
  path?: (string | number)[];
  /** Of markdown: the heading before the text. */
  heading?: string;
}

/** Why a query finds an artifact. */
export interface SearchReason {
  id: string;
  matches: SearchMatch[];
  /** Whether it has text beyond what search covers. */
  partial: boolean;
  /** Whether its data was read, from which matches are: the first 256 Ki characters, while there is time. */
  read: boolean;
}

export interface SearchReasons {
  reasons: SearchReason[];
  /** As of a page. */
  pending: number;
}
