import { PastLink } from "../_past/past-link";

export function flowHref(id: string): string {
  return `/runs/flow/${id}`;
}

/** The name of a flow, as a link to its page that is above the link of a whole row. */
export function FlowLink({ id, name }: { id: string; name: string }) {
  return (
    <PastLink href={flowHref(id)} prefetch={false} className="target hover:text-ink hover:underline">
      {name}
    </PastLink>
  );
}

/** The same of a deployment. */
export function DeploymentLink({ id, name }: { id: string; name: string }) {
  return (
    <PastLink href={`/runs/deployment/${id}`} prefetch={false} className="target hover:text-ink hover:underline">
      {name}
    </PastLink>
  );
}
