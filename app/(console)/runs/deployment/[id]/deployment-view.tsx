"use client";

import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMemo } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { Title } from "#app/brand";
import type { Deployment } from "#contract/deployment";
import { indexJsonText } from "#formats/json-index";
import { ArtifactTable } from "../../../_list/artifact-table";
import { artifactHref, pastHref } from "../../../_list/artifact-url";
import { flowHref } from "../../../_list/flow-link";
import { flowsQuery } from "../../../_list/producer-queries";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { Description } from "../../../_viewers/description/description";
import { deploymentArtifactsQuery, deploymentQuery, deploymentRunsQuery } from "../../queries";
import { RunTable } from "../../run-table";
import { Nothing, Section } from "../../section";
import { runsHref } from "../../view";
import { DeploymentFacts } from "./deployment-facts";

const JsonTree = dynamic(() =>
  loadCode(() => import("../../../_viewers/json/json-tree")).then((module) => module.JsonTree),
);

export function DeploymentView({ id, asOf }: { id: string; asOf: string }) {
  const api = useApi();
  const { data: deployment } = useQuery(deploymentQuery(api, id));
  const flowId = deployment?.flowId;
  const flow = useQuery({ ...flowsQuery(api, flowId ? [flowId] : []), enabled: flowId !== undefined }).data?.[0];
  if (!deployment) return null;
  const filter = { flow: flow?.name ?? "", deployment: deployment.name };
  const crumbs = flow ? [{ name: flow.name, href: flowHref(flow.id) }] : [];
  return (
    <>
      <Title>{deployment.name}</Title>
      <Breadcrumb list={{ name: "Runs", href: "/runs" }} at={[...crumbs, { name: deployment.name }]} />
      <h1 className="min-w-0 break-words font-semibold text-xl tracking-tight">{deployment.name}</h1>
      <div className="mt-5 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0 space-y-8">
          {deployment.description && <Description text={deployment.description} />}
          <Runs id={id} asOf={asOf} all={runsHref(filter)} />
          <Artifacts id={id} asOf={asOf} all={`/artifacts?${new URLSearchParams({ versions: "all", ...filter })}`} />
          <JsonSection title="Parameters" value={deployment.parameters} />
          <JsonSection title="Parameter schema" value={deployment.parameterOpenapiSchema} />
        </div>
        <aside aria-label="About this deployment" className="min-w-0">
          <DeploymentFacts deployment={deployment} flow={flow ?? null} />
        </aside>
      </div>
    </>
  );
}

function Runs({ id, asOf, all }: { id: string; asOf: string; all: string }) {
  const { data } = useSuspenseQuery(deploymentRunsQuery(useApi(), id, asOf));
  return (
    <Section title="Latest runs" all={data.items.length > 0 ? { href: all, name: "All runs" } : null}>
      {data.items.length > 0 ? (
        <RunTable caption="Latest runs of this deployment" runs={data.items} hideFlow />
      ) : (
        <Nothing>No runs yet.</Nothing>
      )}
    </Section>
  );
}

function Artifacts({ id, asOf, all }: { id: string; asOf: string; all: string }) {
  const { data } = useSuspenseQuery(deploymentArtifactsQuery(useApi(), id, asOf));
  return (
    <Section title="Newest artifacts" all={data.items.length > 0 ? { href: all, name: "All artifacts" } : null}>
      {data.items.length > 0 ? (
        <ArtifactTable
          caption="Newest artifacts of this deployment"
          rows={data.items}
          hrefOf={(row) => (asOf === "" ? artifactHref(row) : pastHref(row, asOf))}
          isPast={asOf !== ""}
        />
      ) : (
        <Nothing>Its runs have no artifacts. Deleted ones are not listed.</Nothing>
      )}
    </Section>
  );
}

function JsonSection({ title, value }: { title: string; value: Deployment["parameterOpenapiSchema"] }) {
  const index = useMemo(() => indexJsonText(JSON.stringify(value)), [value]);
  return (
    <Section title={title}>
      {value && Object.keys(value).length > 0 ? (
        <JsonTree index={index} reader={null} label={title} />
      ) : (
        <p className="text-faint text-sm">None</p>
      )}
    </Section>
  );
}
