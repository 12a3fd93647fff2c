"use client";

import { Age } from "#app/_ui/age";
import type { Artifact } from "#contract/artifact";
import { formatBytes, rowCount } from "#formats/number";
import { TypeLabel } from "../../_list/artifact-type";
import { Fact, IdFact } from "../../_shell/fact";
import { TagLinks } from "../_tags/tag-links";
import { FlowRunFacts, TaskRunFacts } from "./run-facts";

/** The properties of a version beside its data. `latest` says whether its key has no newer one; `asOf` is the time shown. */
export function Facts({ artifact, latest = false, asOf }: { artifact: Artifact; latest?: boolean; asOf?: string }) {
  const edited = artifact.updated !== artifact.created;
  return (
    <dl className="space-y-2.5 text-sm">
      <Fact name="Type">
        <TypeLabel type={artifact.type} />
      </Fact>
      {artifact.version !== null && (
        <Fact name="Version">
          {artifact.version}
          {latest && <span className="text-faint"> · latest</span>}
        </Fact>
      )}
      <Fact name="Created">
        <Age of={artifact.created} suffix=" ago" />
      </Fact>
      {edited && (
        <Fact name="Updated">
          <Age of={artifact.updated} suffix=" ago" />
        </Fact>
      )}
      <Fact name="Size">
        {formatBytes(artifact.size)}
        {artifact.rows !== null && <span className="text-faint"> · {rowCount(artifact.type, artifact.rows)}</span>}
      </Fact>
      {artifact.tags.length > 0 && (
        <Fact name="Tags">
          <TagLinks tags={artifact.tags} asOf={asOf} />
        </Fact>
      )}
      {artifact.restoredFrom && <Fact name="Restored from">v{artifact.restoredFrom}</Fact>}
      {artifact.flowRunId !== null && <FlowRunFacts id={artifact.flowRunId} />}
      {artifact.taskRunId !== null && <TaskRunFacts id={artifact.taskRunId} />}
      <IdFact id={artifact.id} />
    </dl>
  );
}
