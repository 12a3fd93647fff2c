import { Age } from "#app/_ui/age";
import type { Deployment } from "#contract/deployment";
import type { Flow } from "#contract/flow";
import { flowHref } from "../../../_list/flow-link";
import { PastLink } from "../../../_past/past-link";
import { Fact, IdFact } from "../../../_shell/fact";
import { TagList } from "../../../_shell/tag-list";

/** The properties of a deployment beside its runs. */
export function DeploymentFacts({ deployment, flow }: { deployment: Deployment; flow: Flow | null }) {
  return (
    <dl className="space-y-2.5 text-sm">
      {flow !== null && (
        <Fact name="Flow">
          <PastLink href={flowHref(flow.id)} prefetch={false} className="target hover:text-accent hover:underline">
            {flow.name}
          </PastLink>
        </Fact>
      )}
      <Fact name="Status">{deployment.paused ? "Paused" : "Active"}</Fact>
      {deployment.version && <Fact name="Version">{deployment.version}</Fact>}
      {deployment.entrypoint && <Fact name="Entrypoint">{code(deployment.entrypoint)}</Fact>}
      {deployment.path && <Fact name="Path">{code(deployment.path)}</Fact>}
      {deployment.workQueueName && <Fact name="Work queue">{deployment.workQueueName}</Fact>}
      {deployment.concurrencyLimit !== null && <Fact name="Runs at once">{deployment.concurrencyLimit}</Fact>}
      {deployment.tags.length > 0 && (
        <Fact name="Tags">
          <TagList tags={deployment.tags} />
        </Fact>
      )}
      <Fact name="Updated">
        <Age of={deployment.updated} suffix=" ago" />
      </Fact>
      <Fact name="Created">
        <Age of={deployment.created} suffix=" ago" />
      </Fact>
      <IdFact id={deployment.id} />
    </dl>
  );
}

function code(text: string) {
  return <span className="break-all font-mono text-xs">{text}</span>;
}
