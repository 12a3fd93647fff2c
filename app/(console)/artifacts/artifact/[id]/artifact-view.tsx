"use client";

import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { Tabs } from "../../../_shell/tabs";
import { ArtifactData } from "../../_artifact/artifact-data";
import { artifactQuery } from "../../_artifact/artifact-queries";
import { artifactHref, type TabName } from "../../_artifact/artifact-url";
import { artifactRefetchInterval } from "../../_artifact/refetch-interval";
import { ArtifactHeader } from "./artifact-header";
import { DownloadMenu } from "./download-menu";
import { Facts } from "./facts";
import { MetadataList } from "./metadata-list";
import { VersionStatus } from "./version-status";

const RawData = dynamic(() => import("./raw-data").then((module) => module.RawData));
const EditForm = dynamic(() => import("./edit/edit-form").then((module) => module.EditForm));

/** One version. It is not refetched when its data is large. */
export function ArtifactView({ id, size, tab }: { id: string; size: number; tab: TabName }) {
  const { data: artifact, error } = useQuery({
    ...artifactQuery(useApi(), id),
    enabled: size <= MAX_EMBEDDED_DATA,
    refetchInterval: (query) => artifactRefetchInterval(query.state.data),
  });
  if (!artifact) return null;
  if (tab === "edit") return <EditForm artifact={artifact} />;
  return (
    <>
      <ArtifactHeader artifact={artifact} tab={tab} />
      <VersionStatus artifact={artifact} deleted={error !== null && toApiError(error).code === "NOT_FOUND"} />
      <div className="mt-5 grid gap-x-10 gap-y-8 lg:grid-cols-[minmax(0,1fr)_17rem]">
        <div className="min-w-0">
          <div className="flex items-end justify-between border-b print:hidden">
            <Tabs
              label="Data views"
              tabs={[
                { name: "Content", href: artifactHref(id), current: tab === "content" },
                { name: "Raw", href: artifactHref(id, "raw"), current: tab === "raw" },
              ]}
            />
            <DownloadMenu {...artifact} />
          </div>
          <div className="pt-5">
            {tab === "raw" ? <RawData artifact={artifact} /> : <ArtifactData artifact={artifact} />}
          </div>
        </div>
        <aside aria-label="About this version" className="min-w-0 space-y-7">
          <Facts artifact={artifact} />
          <MetadataList metadata={artifact.metadata} />
        </aside>
      </div>
    </>
  );
}
