import Link from "next/link";
import { Age } from "#app/_ui/age";
import type { FlowRun } from "#contract/flow-run";
import { RunState } from "../_list/run-state";
import { Lasted } from "./run-duration";

const CELL = "h-10 px-3 align-middle first:pl-4 last:pr-4";

/** One flow run as a line of the list; the whole line is its link. */
export function RunRow({ run, flow, deployment }: { run: FlowRun; flow: string; deployment: string }) {
  return (
    <tr className="group relative border-b transition-colors last:border-b-0 hover:bg-hover has-focus-visible:bg-hover">
      <th scope="row" className={`${CELL} text-left font-normal max-md:py-2.5`}>
        <Link
          href={`/runs/flow-run/${run.id}`}
          prefetch={false}
          className="block truncate font-medium after:absolute after:inset-0 focus-visible:outline-none after:focus-visible:outline-2 after:focus-visible:-outline-offset-2 after:focus-visible:outline-accent"
        >
          {run.name}
        </Link>
        <span className="mt-0.5 block truncate text-faint md:hidden">{flow}</span>
      </th>
      <td className={`${CELL} truncate text-soft max-md:hidden`}>{flow}</td>
      <td className={`${CELL} truncate text-soft max-lg:hidden`}>{deployment}</td>
      <td className={`${CELL} truncate`}>
        <RunState state={run.state} />
      </td>
      <td className={`${CELL} truncate text-faint max-lg:hidden`}>{run.tags.join(", ")}</td>
      <td className={`${CELL} text-right text-soft tabular-nums max-md:hidden`}>
        <Lasted run={run} />
      </td>
      <td className={`${CELL} text-right text-soft tabular-nums`}>
        {run.startTime ? <Age of={run.startTime} className="relative" /> : <span className="text-faint">not yet</span>}
      </td>
    </tr>
  );
}
