import type { FlowRun } from "#contract/flow-run";

/** The parameters of a flow run as names and values. */
export function Parameters({ parameters }: { parameters: FlowRun["parameters"] }) {
  const entries = Object.entries(parameters);
  if (entries.length === 0) return null;
  return (
    <section aria-labelledby="parameters-title">
      <h2 id="parameters-title" className="mb-2 border-t pt-4 font-medium text-sm">
        Parameters
      </h2>
      <dl className="space-y-2.5 text-sm">
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt className="break-words text-faint">{name || "(empty name)"}</dt>
            <dd className="line-clamp-6 break-words font-mono text-xs leading-5">{JSON.stringify(value)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
