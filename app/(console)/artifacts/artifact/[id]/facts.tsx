"use client";

import { Age } from "#app/_ui/age";
import { Copy } from "#app/_ui/copy";
import type { ArtifactDetail } from "#contract/artifact";
import { formatBytes, formatCount } from "#formats/number";
import { TypeLabel } from "../../../_list/artifact-type";
import { Fact } from "../../../_shell/fact";
import { FlowRunFacts } from "./run-facts";
import { TaskRunFacts } from "./task-run-facts";

/** What is known about a version beside its data: its kind, its times, its size and who produced it. */
export function Facts({ artifact }: { artifact: ArtifactDetail }) {
  const edited = artifact.updated !== artifact.created;
  return (
    <dl className="space-y-2.5 text-sm">
      <Fact name="Type">
        <TypeLabel type={artifact.type} />
      </Fact>
      {artifact.version !== null && (
        <Fact name="Version">
          {artifact.version}
          {artifact.isLatest && <span className="text-faint"> · latest</span>}
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
        {artifact.rows !== null && <span className="text-faint"> · {formatCount(artifact.rows)} rows</span>}
      </Fact>
      {artifact.flowRunId !== null && <FlowRunFacts id={artifact.flowRunId} />}
      {artifact.taskRunId !== null && <TaskRunFacts id={artifact.taskRunId} />}
      <Fact name="Id">
        <span className="flex items-center gap-1">
          <span className="truncate font-mono text-xs" title={artifact.id}>
            {artifact.id}
          </span>
          <Copy text={artifact.id} label="Copy the id" className="-my-0.5" />
        </span>
      </Fact>
    </dl>
  );
}
