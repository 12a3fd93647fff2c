"use client";

import { useQuery } from "@tanstack/react-query";
import { Tags } from "lucide-react";
import dynamic from "next/dynamic";
import { parseAsStringLiteral, useQueryState, useQueryStates } from "nuqs";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { toApiError } from "#app/_data/error";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { artifactHref, findHref, TABS, type TabName } from "../../../_list/artifact-url";
import { FIND_PARSERS } from "../../../_viewers/find/find-context";
import { artifactQuery } from "../../_artifact/artifact-queries";
import { useArtifactRefetchInterval } from "../../_artifact/refetch-interval";
import { Actions } from "../../_page/actions";
import { Content } from "../../_page/content";
import { Facts } from "../../_page/facts";
import { MetadataList } from "../../_page/metadata-list";
import { PageHeader } from "../../_page/page-header";
import { Panes } from "../../_page/panes";
import { DraftNotice } from "../../_page/version-status";
import { DeletedArtifact } from "./deleted";

const TagDialog = dynamic(() => loadCode(() => import("../../_tags/tag-dialog")).then((module) => module.TagDialog));
const EditForm = dynamic(() => loadCode(() => import("../../_page/edit/edit-form")).then((module) => module.EditForm));

/** An artifact without a key, and so without a history. It is not refetched when its data is large. */
export function KeylessPage({ id, size, factsHidden }: { id: string; size: number; factsHidden: boolean }) {
  const [tagging, setTagging] = useState(false);
  const [{ find }] = useQueryStates(FIND_PARSERS);
  const [tab] = useQueryState("tab", parseAsStringLiteral(TABS).withDefault("content"));
  const { data: artifact, error } = useQuery({
    ...artifactQuery(useApi(), id),
    enabled: size <= MAX_EMBEDDED_DATA,
    refetchInterval: useArtifactRefetchInterval(),
  });
  const removedAt = error && toApiError(error).removedAt;
  if (removedAt) return <DeletedArtifact id={id} removedAt={removedAt} />;
  if (!artifact) return null;
  if (tab === "edit") return <EditForm artifact={artifact} />;
  const tabHref = (name: TabName) => findHref(artifactHref(artifact, name), find ?? "");
  return (
    <>
      <PageHeader
        name={null}
        type={artifact.type}
        artifact={artifact}
        actions={
          <Actions
            artifact={artifact}
            tab={tab}
            tabHref={tabHref}
            more={[{ label: "Tags…", icon: <Tags aria-hidden className="size-3.5" />, run: () => setTagging(true) }]}
          />
        }
      />
      <DraftNotice id={id} editHref={tabHref("edit")} />
      <Panes
        history={null}
        factsHidden={factsHidden}
        facts={
          <>
            <Facts artifact={artifact} />
            <MetadataList metadata={artifact.metadata} />
          </>
        }
      >
        <Content artifact={artifact} detail={artifact} tab={tab} tabHref={tabHref} />
      </Panes>
      {tagging && <TagDialog title="Tags" which={{ ids: [id] }} rows={[artifact]} onClose={() => setTagging(false)} />}
    </>
  );
}
