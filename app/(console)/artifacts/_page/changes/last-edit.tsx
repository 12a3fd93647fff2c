"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { useRole } from "#app/_data/role";
import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import { actorText } from "../../../_events/event-text";
import { lastEditQuery } from "./queries";
import { useUndo } from "./use-revert";

/** Who edited a version last, when and what, with Undo; when alone, where that was not recorded. */
export function LastEdit({ artifact }: { artifact: Artifact }) {
  const { id, updated } = artifact;
  const { mayWrite } = useRole();
  const undo = useUndo();
  const { data } = useQuery(lastEditQuery(useApi(), id));
  const last = data?.[0];
  if (!last || last.time !== updated) return <PlainUpdate updated={updated} />;
  return (
    <span className="text-faint">
      {" "}
      · edited by {actorText(last)} <Age of={updated} suffix=" ago" /> · {last.changed.join(", ")}
      {mayWrite && (
        <span className="print:hidden">
          {" "}
          ·{" "}
          <button
            type="button"
            aria-disabled={undo.isPending}
            onClick={() => !undo.isPending && undo.mutate(artifact)}
            className="target text-soft underline-offset-2 hover:text-ink hover:underline aria-disabled:opacity-50"
          >
            Undo<span className="sr-only"> the last edit</span>
          </button>
        </span>
      )}
    </span>
  );
}

export function PlainUpdate({ updated }: { updated: string }) {
  return (
    <span className="text-faint">
      , updated <Age of={updated} suffix=" ago" />
    </span>
  );
}
