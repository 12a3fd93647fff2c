import { parseAsString, useQueryState } from "nuqs";

/** Which version is open beside the list, kept in the URL and not asked of the server. */
export function usePeekParam() {
  return useQueryState("peek", parseAsString);
}
