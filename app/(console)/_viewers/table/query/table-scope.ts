import { createContext } from "react";

/** What the names of a table's search parameters begin with, where a page has several tables. */
export const TableScope = createContext("");

/** The names in the URL of search parameters within a scope. */
export function urlKeysIn(scope: string, parsers: object): Record<string, string> {
  return scope === "" ? {} : Object.fromEntries(Object.keys(parsers).map((name) => [name, scope + name]));
}
