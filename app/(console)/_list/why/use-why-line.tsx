import { type ReactNode, useEffect, useMemo, useState } from "react";
import { useClient } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import type { Artifact } from "#contract/artifact";
import type { reasonStoreOf, WhyLine } from "./why-line";

/** Of a line, which is there before it is filled, so that rows do not move. */
const WHY_LINE = "flex h-5 items-baseline gap-2 text-soft text-sm";

/** The line of an artifact that says why a search found it. */
export type WhyOf = (artifact: Pick<Artifact, "id" | "updated">) => ReactNode;

/**
 * The line that says why a query finds an artifact, for rows of a list; null for a query without words. Its code is loaded
 * after the rows.
 * @param find the words of the query
 */
export function useWhyLine({ q: query, asOf }: { q: string; asOf: string }, find: string): WhyOf | null {
  const client = useClient();
  const [loaded, setLoaded] = useState<{ Line: typeof WhyLine; storeOf: typeof reasonStoreOf } | null>(null);
  const isNeeded = find !== "";
  useEffect(() => {
    if (isNeeded)
      loadCode(() => import("./why-line")).then(
        ({ WhyLine, reasonStoreOf }) => setLoaded({ Line: WhyLine, storeOf: reasonStoreOf }),
        () => {},
      );
  }, [isNeeded]);
  const store = useMemo(
    () => loaded?.storeOf({ query, asOf: asOf || undefined }, client) ?? null,
    [loaded, query, asOf, client],
  );
  if (!isNeeded) return null;
  return (artifact) =>
    loaded && store ? (
      <loaded.Line artifact={artifact} store={store} className={WHY_LINE} />
    ) : (
      <span className={WHY_LINE} />
    );
}
