import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { queryOfTerms, termsIn } from "#contract/query/terms";
import { Marked } from "../../_list/why/marked";
import { shownMatch } from "../../_list/why/shown-match";
import type { ContentMatch } from "./commands";

// Without the results of the text before: they would be opened with the words of this one.
const OPTIONS = { staleTime: 10_000, refetchInterval: false, retry: false } as const;
const MOST = 8;

/** The artifacts that match a text best in anything that they say, with where; none for an empty text. */
export function useContentSearch(text: string): ContentMatch[] {
  const api = useApi();
  const query = queryOf(text);
  const enabled = query !== "";
  const best = useQuery({ ...api.search.best.queryOptions({ where: { query }, limit: MOST }), ...OPTIONS, enabled });
  const found = enabled ? (best.data ?? []) : [];
  const ids = found.map(({ id }) => id);
  const why = useQuery({ ...api.search.why.queryOptions({ query, ids }), ...OPTIONS, enabled: ids.length > 0 });
  return found.map((artifact) => {
    const match = shownMatch(why.data?.reasons.find(({ id }) => id === artifact.id)?.matches ?? []);
    return {
      artifact,
      find: query,
      hint: match && (
        <span className="flex gap-2">
          <Marked match={match} isShort />
        </span>
      ),
    };
  });
}

/** The words of a text as a query; its last one may be the beginning of a word, as it is being written. */
function queryOf(text: string): string {
  const terms = termsIn(text);
  return queryOfTerms(
    terms.map((term, at) =>
      at === terms.length - 1 && term.kind === "word" ? { ...term, kind: "prefix" as const } : term,
    ),
  );
}
