"use client";

import { useQuery } from "@tanstack/react-query";
import { ArrowUpToLine, MessageSquareText, NotebookPen, PencilLine, Tag, Tags, Trash2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useApi, useClient } from "#app/_data/client";
import { loadCode } from "#app/_data/connection";
import { type ApiError, toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { Notice } from "#app/_ui/notice";
import { openHere } from "#app/_ui/shallow-link";
import { toastLoadError } from "#app/_ui/toast";
import { Title } from "#app/brand";
import type { ArtifactCollection } from "#contract/collection";
import { keyHref, type TabName } from "../../../_list/artifact-url";
import { PastMenu } from "../../../_past/past-menu";
import { Loading } from "../../../_viewers/shared/data-status";
import { AboutSection } from "../../_about/about-section";
import { labelsOn, useLabels } from "../../_labels/labels";
import { Actions } from "../../_page/actions";
import { Content } from "../../_page/content";
import { Facts } from "../../_page/facts";
import { MetadataList } from "../../_page/metadata-list";
import { PageHeader } from "../../_page/page-header";
import { Panes } from "../../_page/panes";
import { DraftNotice } from "../../_page/version-status";
import { useMarkRead } from "../../_unread/unread";
import { AxisChoice, ChartChoice } from "./chart-choice";
import { ComparePicker } from "./compare-picker";
import { History } from "./history";
import { keyQuery } from "./queries";
import { SeriesChart } from "./series-chart";
import { useOpenVersion } from "./use-versions";
import { useView } from "./use-view";
import { VersionNav } from "./version-nav";
import { availableMeasures, openVersion, pageTitle, selectedMeasure } from "./view";

// Most visits need none of these.
const RenamedOrDeletedKey = dynamic(() =>
  loadCode(() => import("./deleted-key")).then((module) => module.RenamedOrDeletedKey),
);
export const PastChart = dynamic(() => loadCode(() => import("./past-chart")).then((module) => module.PastChart));
export const DeletedKey = dynamic(() => loadCode(() => import("./deleted-key")).then((module) => module.DeletedKey));
const MissingVersion = dynamic(() =>
  loadCode(() => import("./missing-version")).then((module) => module.MissingVersion),
);
const DeleteKey = dynamic(() => loadCode(() => import("./actions/delete-key")).then((module) => module.DeleteKey));
const LabelDialog = dynamic(() =>
  loadCode(() => import("../../_labels/label-dialog")).then((module) => module.LabelDialog),
);
const TagDialog = dynamic(() => loadCode(() => import("../../_tags/tag-dialog")).then((module) => module.TagDialog));
const AboutDialog = dynamic(() =>
  loadCode(() => import("../../_about/about-dialog")).then((module) => module.AboutDialog),
);
const RenameDialog = dynamic(() =>
  loadCode(() => import("./actions/rename-dialog")).then((module) => module.RenameDialog),
);
const EditForm = dynamic(() => loadCode(() => import("../../_page/edit/edit-form")).then((module) => module.EditForm));

interface Props {
  artifactKey: string;
  /** How long deleted versions can be restored. */
  trashDays: number;
  factsHidden: boolean;
  /** The version that the server did not find when it rendered the page, and why. */
  missing: { version: number; error: ApiError } | null;
}

/** The page of a key: its history, the version in the URL (by default the latest), and the facts of that version. */
export function KeyPage(props: Props) {
  const { artifactKey } = props;
  const { data } = useQuery(keyQuery(useApi(), artifactKey));
  const { version, label } = useView(artifactKey).view;
  if (!data) return null;
  const collection = data[0];
  return (
    <>
      <Title>{pageTitle(artifactKey, version, label)}</Title>
      {collection ? <Version {...props} collection={collection} /> : <RenamedOrDeletedKey artifactKey={artifactKey} />}
    </>
  );
}

function Version({
  artifactKey,
  trashDays,
  factsHidden,
  missing,
  collection,
}: Props & { collection: ArtifactCollection }) {
  const { view, hrefOf } = useView(artifactKey);
  const { version: newest, versions } = collection;
  const labels = useLabels(artifactKey);
  const open = openVersion(view, newest, labels);
  const { row, detail, error, older, newer } = useOpenVersion(artifactKey, open, newest);
  const measures = versions > 1 ? availableMeasures(collection) : [];
  const measure = selectedMeasure(view, measures);
  const [confirming, setConfirming] = useState(false);
  const [labelling, setLabelling] = useState<number | null>(null);
  const [tagging, setTagging] = useState(false);
  const [describing, setDescribing] = useState(false);
  const { mayWrite } = useRole();
  const makeLatest = useMakeLatest(artifactKey);
  const [renaming, setRenaming] = useState(false);
  useMarkRead(artifactKey, detail && open === newest ? newest : null);
  // The form stays with its version when a newer one is published.
  const tabHref = (tab: TabName) => hrefOf(tab === "edit" ? { tab, version: open } : { tab });
  if (view.tab === "edit" && detail) return <EditForm artifact={{ ...detail, isLatest: open === newest }} />;
  const nav = (
    <VersionNav
      artifactKey={artifactKey}
      open={open}
      row={row}
      labels={labelsOn(labels, open)}
      newest={newest}
      older={older}
      newer={newer}
    />
  );
  const history = <History artifactKey={artifactKey} newest={newest} open={open} openRow={row} />;
  const apiError = error ? toApiError(error) : missing?.version === open ? missing.error : null;
  const isMissing = !row && (open === 0 || apiError?.code === "NOT_FOUND");
  return (
    <>
      <PageHeader
        name={artifactKey}
        type={(row ?? collection).type}
        artifact={row}
        about={collection.about}
        version={isMissing ? null : nav}
        actions={
          row && (
            <Actions
              artifact={row}
              tab={view.tab}
              tabHref={tabHref}
              compare={
                <>
                  {versions > 1 && (
                    <ComparePicker key={row.id} artifactKey={artifactKey} row={row} newest={newest} older={older} />
                  )}
                  <PastMenu />
                </>
              }
              more={[
                {
                  label: "Labels…",
                  icon: <Tag aria-hidden className="size-3.5" />,
                  run: () => setLabelling(open),
                },
                {
                  label: `Tags of v${open}…`,
                  icon: <Tags aria-hidden className="size-3.5" />,
                  run: () => setTagging(true),
                },
                {
                  label: "About this artifact…",
                  icon: <NotebookPen aria-hidden className="size-3.5" />,
                  run: () => setDescribing(true),
                },
                {
                  label: "Rename key…",
                  icon: <PencilLine aria-hidden className="size-3.5" />,
                  run: () => setRenaming(true),
                },
                ...(open === newest
                  ? []
                  : [
                      {
                        label: `Make v${open} the latest`,
                        icon: <ArrowUpToLine aria-hidden className="size-3.5" />,
                        run: () => makeLatest((actions, page) => actions.makeLatest(page, row.id)),
                      },
                      {
                        label: `Make v${open} the latest with a reason…`,
                        icon: <MessageSquareText aria-hidden className="size-3.5" />,
                        run: () =>
                          makeLatest((actions, page) =>
                            actions.makeLatestWithReason(page, { id: row.id, version: open }),
                          ),
                      },
                    ]),
              ]}
              deletions={[
                {
                  label: "Delete all versions…",
                  icon: <Trash2 aria-hidden className="size-3.5" />,
                  danger: true,
                  run: () => setConfirming(true),
                },
              ]}
            />
          )
        }
      />
      {row && <DraftNotice id={row.id} editHref={tabHref("edit")} />}
      <Panes
        history={history}
        factsHidden={factsHidden}
        facts={
          row && (
            <>
              <Facts artifact={row} latest={open === newest} />
              <MetadataList metadata={row.metadata} />
              <AboutSection about={collection.about} onEdit={mayWrite ? () => setDescribing(true) : undefined} />
            </>
          )
        }
      >
        {row ? (
          <Content
            artifact={row}
            detail={detail}
            tab={view.tab}
            tabHref={tabHref}
            choice={
              measures.length > 0 && (
                <ChartChoice artifactKey={artifactKey} view={view} measures={measures} type={collection.type} />
              )
            }
            chart={
              measure && (
                <SeriesChart
                  key={measure}
                  artifactKey={artifactKey}
                  measure={measure}
                  type={collection.type}
                  axis={view.axis}
                  axisChoice={<AxisChoice artifactKey={artifactKey} view={view} />}
                  open={open}
                  overlays={view.with}
                  metadata={row?.metadata ?? null}
                  zoom={view.zoom}
                  onOverlays={(overlays) => openHere(hrefOf({ with: overlays }))}
                  onZoom={(zoom) => openHere(hrefOf({ zoom }))}
                  hrefOf={(version) => hrefOf({ version: version === newest ? null : version, from: null })}
                />
              )
            }
          />
        ) : isMissing ? (
          <MissingVersion
            artifactKey={artifactKey}
            version={open}
            label={view.label}
            error={apiError}
            newest={newest}
            versions={versions}
            neighbours={[older, newer]}
          />
        ) : apiError ? (
          <Notice tone="danger">{apiError.message}</Notice>
        ) : (
          <Loading>Loading v{open}…</Loading>
        )}
      </Panes>
      {labelling !== null && (
        <LabelDialog artifactKey={artifactKey} version={labelling} onClose={() => setLabelling(null)} />
      )}
      {tagging && row && (
        <TagDialog
          title={`Tags of v${open}`}
          which={{ ids: [row.id] }}
          rows={[row]}
          onClose={() => setTagging(false)}
        />
      )}
      {describing && (
        <AboutDialog artifactKey={artifactKey} about={collection.about} onClose={() => setDescribing(false)} />
      )}
      {renaming && <RenameDialog artifactKey={artifactKey} versions={versions} onClose={() => setRenaming(false)} />}
      {confirming && (
        <DeleteKey
          artifactKey={artifactKey}
          versions={versions}
          trashDays={trashDays}
          onClose={() => setConfirming(false)}
        />
      )}
    </>
  );
}

type LatestActions = typeof import("./actions/make-latest");
type RunLatest = (actions: LatestActions, page: Parameters<LatestActions["makeLatest"]>[0]) => Promise<void> | void;

/** Loads the code that makes a version the latest, and runs it. */
function useMakeLatest(key: string): (run: RunLatest) => Promise<void> {
  const client = useClient();
  const refresh = useRefresh();
  return (run) =>
    loadCode(() => import("./actions/make-latest")).then(
      (actions) => run(actions, { client, open: () => openHere(keyHref(key)), refresh }),
      toastLoadError,
    );
}
