import type { ReactNode } from "react";
import { Age, Timestamp } from "#app/_ui/age";
import type { State } from "#contract/run";
import { RunState } from "../_list/run-state";
import { Fact, IdFact } from "../_shell/fact";
import { TagList } from "../_shell/tag-list";
import { RunDuration } from "./run-duration";

interface Run {
  id: string;
  tags: string[];
  state: State | null;
  expectedStartTime: string | null;
  startTime: string | null;
  endTime: string | null;
  created: string;
}

export function RunFacts({ run, children }: { run: Run; children: ReactNode }) {
  return (
    <dl className="space-y-2.5 text-sm">
      <Fact name="State">
        {run.state ? (
          <>
            <RunState state={run.state} />
            <span className="block text-faint">
              <Age of={run.state.timestamp} suffix=" ago" />
            </span>
          </>
        ) : (
          <span className="text-faint">Unknown</span>
        )}
      </Fact>
      {children}
      {!run.startTime && run.expectedStartTime && (
        <Fact name="Expected">
          <Timestamp of={run.expectedStartTime} />
        </Fact>
      )}
      <Fact name="Started">
        {run.startTime ? <Age of={run.startTime} suffix=" ago" /> : <span className="text-faint">Not started</span>}
      </Fact>
      {run.endTime && (
        <Fact name="Ended">
          <Age of={run.endTime} suffix=" ago" />
        </Fact>
      )}
      {run.startTime && (run.endTime || run.state?.type === "RUNNING") && (
        <Fact name="Duration">
          <RunDuration run={run} />
        </Fact>
      )}
      {run.tags.length > 0 && (
        <Fact name="Tags">
          <TagList tags={run.tags} />
        </Fact>
      )}
      <Fact name="Created">
        <Age of={run.created} suffix=" ago" />
      </Fact>
      <IdFact id={run.id} />
    </dl>
  );
}
