import { useEffect, useRef, useSyncExternalStore } from "react";
import type { useClient } from "#app/_data/client";
import type { Artifact } from "#contract/artifact";
import { Marked } from "./marked";
import { ReasonStore } from "./reason-store";
import { shownMatch } from "./shown-match";

/** In pixels: rows that are so near to the view are loaded with it. */
const MARGIN = "200px 0px";

export function reasonStoreOf(
  search: { query: string; asOf: string | undefined },
  client: ReturnType<typeof useClient>,
): ReasonStore {
  return new ReasonStore(search, (input) => client.search.why.query(input));
}

const shown = new WeakMap<Element, () => void>();
let observer: IntersectionObserver | null = null;

/** Calls back when an element is in view. Returns how to end that. */
function whenShown(element: Element, callback: () => void): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) if (isIntersecting) shown.get(target)?.();
    },
    { rootMargin: MARGIN },
  );
  shown.set(element, callback);
  observer.observe(element);
  return () => observer?.unobserve(element);
}

/** Why the query of a list finds an artifact, in a line: loaded once the line is in view. */
export function WhyLine({
  artifact: { id, updated },
  store,
  className,
}: {
  artifact: Pick<Artifact, "id" | "updated">;
  store: ReasonStore;
  className: string;
}) {
  const line = useRef<HTMLSpanElement>(null);
  const reason = useSyncExternalStore(
    store.subscribe,
    () => store.reasonOf(id),
    () => undefined,
  );
  useEffect(() => {
    if (line.current) return whenShown(line.current, () => store.want(id, updated));
  }, [store, id, updated]);
  const match = reason ? shownMatch(reason.matches) : null;
  return (
    <span ref={line} className={className}>
      {match && <Marked match={match} />}
    </span>
  );
}
