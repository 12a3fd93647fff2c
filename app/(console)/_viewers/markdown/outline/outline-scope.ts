import { createContext } from "react";

/** Whether markdown has an outline: where it is all that a page shows, rather than a part of a report or a peek. */
export const OutlineScope = createContext(false);
