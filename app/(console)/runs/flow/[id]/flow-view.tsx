"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useApi } from "#app/_data/client";
import { Age } from "#app/_ui/age";
import { Title } from "#app/brand";
import type { Flow } from "#contract/flow";
import { ArtifactTable } from "../../../_list/artifact-table";
import { keyHref, pastHref } from "../../../_list/artifact-url";
import { RunState } from "../../../_list/run-state";
import { PastLink } from "../../../_past/past-link";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { Fact, IdFact } from "../../../_shell/fact";
import { TagList } from "../../../_shell/tag-list";
import { type ChartSpan, flowDeploymentsQuery, flowKeysQuery, flowQuery, flowRunsQuery } from "../../flow-queries";
import { RunTable } from "../../run-table";
import { Nothing, Section } from "../../section";
import { runsHref } from "../../view";
import { SuccessChart } from "./success-chart";

/** A flow: its success over a span, its latest runs, and the keys that it published last. */
export function FlowView({ id, span, asOf }: { id: string; span: ChartSpan; asOf: string }) {
  const { data: flow } = useQuery(flowQuery(useApi(), id));
  if (!flow) return null;
  return (
    <>
      <Title>{flow.name}</Title>
      <Breadcrumb list={{ name: "Runs", href: "/runs" }} at={[{ name: flow.name }]} />
      <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{flow.name}</h1>
      <div className="mt-5 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0 space-y-8">
          <Section title="Success over time">
            <SuccessChart id={id} span={span} />
          </Section>
          <Runs flow={flow} asOf={asOf} />
          <Keys flow={flow} asOf={asOf} />
        </div>
        <aside aria-label="About this flow" className="min-w-0">
          <Facts flow={flow} asOf={asOf} />
        </aside>
      </div>
    </>
  );
}

function Runs({ flow, asOf }: { flow: Flow; asOf: string }) {
  const { data } = useSuspenseQuery(flowRunsQuery(useApi(), flow.id, asOf));
  const some = data.items.length > 0;
  return (
    <Section title="Latest runs" all={some ? { href: runsHref({ flow: flow.name }), name: "All runs" } : null}>
      {some ? (
        <RunTable caption="Latest runs of this flow" runs={data.items} hideFlow hideDeployment={false} />
      ) : (
        <Nothing>No runs yet.</Nothing>
      )}
    </Section>
  );
}

function Keys({ flow, asOf }: { flow: Flow; asOf: string }) {
  const { data } = useSuspenseQuery(flowKeysQuery(useApi(), flow.id, asOf));
  const all = `/artifacts?${new URLSearchParams({ flow: flow.name })}`;
  const some = data.items.length > 0;
  return (
    <Section title="Artifacts" all={some ? { href: all, name: "All artifacts" } : null}>
      {some ? (
        <ArtifactTable
          caption="Artifacts whose latest version is of this flow"
          rows={data.items}
          hrefOf={(row) => (asOf === "" ? keyHref(row.key) : pastHref(row, asOf))}
          isPast={asOf !== ""}
        />
      ) : (
        <Nothing>No latest version of an artifact is of this flow. Deleted ones are not listed.</Nothing>
      )}
    </Section>
  );
}

function Facts({ flow, asOf }: { flow: Flow; asOf: string }) {
  const api = useApi();
  const { data: runs } = useSuspenseQuery(flowRunsQuery(api, flow.id, asOf));
  const { data: deployments } = useSuspenseQuery(flowDeploymentsQuery(api, flow.id));
  const [latest] = runs.items;
  return (
    <dl className="space-y-2.5 text-sm">
      {latest && (
        <Fact name="Latest run">
          <PastLink
            href={`/runs/flow-run/${latest.id}`}
            prefetch={false}
            className="target hover:text-accent hover:underline"
          >
            {latest.name}
          </PastLink>
          <RunState state={latest.state} />
        </Fact>
      )}
      {deployments.length > 0 && (
        <Fact name="Deployments">
          <ul className="space-y-1">
            {deployments.map(({ id, name }) => (
              <li key={id}>
                <PastLink
                  href={`/runs/deployment/${id}`}
                  prefetch={false}
                  className="target hover:text-accent hover:underline"
                >
                  {name}
                </PastLink>
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {flow.tags.length > 0 && (
        <Fact name="Tags">
          <TagList tags={flow.tags} />
        </Fact>
      )}
      <Fact name="Created">
        <Age of={flow.created} suffix=" ago" />
      </Fact>
      <IdFact id={flow.id} />
    </dl>
  );
}
