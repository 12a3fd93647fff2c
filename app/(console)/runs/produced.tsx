"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { ArtifactTable } from "../artifact-table";
import { Pager } from "../pager";
import { producedQuery, type RunName } from "./queries";

/** What a run produced, the newest first; each leads to itself. */
export function Produced({ run, cursor, here }: { run: RunName; cursor: string; here: string }) {
  const { data } = useSuspenseQuery(producedQuery(useApi(), run, cursor));
  return (
    <section aria-labelledby="produced-title">
      <h2 id="produced-title" className="mb-2 font-medium text-sm">
        Produced
      </h2>
      {data.items.length === 0 ? (
        <p className="rounded-lg border border-edge border-dashed px-4 py-10 text-center text-sm text-soft">
          {cursor ? "This page is empty now." : "This run produced no artifact that lives."}
        </p>
      ) : (
        <ArtifactTable
          caption="Artifacts that this run produced"
          rows={data.items}
          hrefOf={(row) => `/artifacts/artifact/${row.id}`}
          ofOneRun
        />
      )}
      <Pager page={data} hrefOf={(to) => `${here}?cursor=${encodeURIComponent(to)}`} />
    </section>
  );
}
