import { createParser } from "nuqs/server";
import { isTimeText } from "#contract/list-filter/time-range";

/** A time in a search parameter: see `isTimeText`. */
export const parseAsTime = createParser({ parse: (text) => (isTimeText(text) ? text : null), serialize: String });
