"use client";

import dynamic from "next/dynamic";
import type { ReactNode } from "react";
import { loadCode } from "#app/_data/connection";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import type { TabName } from "../../_list/artifact-url";
import { Tabs } from "../../_shell/tabs";
import { Description } from "../../_viewers/description/description";
import { FindRoot } from "../../_viewers/find/find-root";
import { OutlineScope } from "../../_viewers/markdown/outline/outline-scope";
import { Loading } from "../../_viewers/shared/data-status";
import { ArtifactData } from "../_artifact/artifact-data";

const ChangesTab = dynamic(() => loadCode(() => import("./changes/changes-tab")).then((module) => module.ChangesTab));
const RawData = dynamic(() => loadCode(() => import("./raw-data")).then((module) => module.RawData));

/** Types whose content is usually as long as a screen, and loads after the page. */
const TALL: ReadonlySet<string> = new Set(["file", "files", "html"]);

/** The description and data of a version in tabs. `detail` is undefined while it loads. */
export function Content({
  artifact,
  detail,
  tab,
  tabHref,
  choice,
  chart,
}: {
  artifact: Artifact;
  detail: ArtifactDetail | undefined;
  tab: TabName;
  tabHref: (tab: TabName) => string;
  /** Beside the tabs, of what the content shows. */
  choice?: ReactNode;
  chart?: ReactNode;
}) {
  // The figure of a number is above its chart.
  const chartPlace = tab !== "content" ? null : artifact.number === null ? "above" : "below";
  return (
    <article aria-label={artifact.version === null ? "Content" : `Version ${artifact.version}`} className="min-w-0">
      <div className="flex items-center justify-between gap-x-4 gap-y-3 max-sm:flex-col max-sm:items-stretch sm:border-b print:hidden">
        <div className="max-sm:border-b">
          <Tabs
            label="Data views"
            tabs={[
              { name: "Content", href: tabHref("content"), current: tab === "content" },
              { name: "Raw", href: tabHref("raw"), current: tab === "raw" },
              { name: "Changes", href: tabHref("changes"), current: tab === "changes" },
            ]}
          />
        </div>
        {choice && tab === "content" && <div>{choice}</div>}
      </div>
      {/* What loads late and is long does not push the facts below it out of view. */}
      <div
        className={`min-h-64 pt-5 print:min-h-0 ${tab === "raw" || TALL.has(artifact.type ?? "") ? "max-xl:min-h-[75dvh]" : ""}`}
      >
        <FindRoot>
          {artifact.description && tab === "content" && (
            <div className="mb-5 max-w-[72ch]">
              <Description key={artifact.id} text={artifact.description} />
            </div>
          )}
          <div className="space-y-6">
            {chartPlace === "above" && chart}
            {tab === "changes" ? (
              <ChangesTab key={artifact.id} artifact={artifact} />
            ) : !detail ? (
              <Loading>Loading…</Loading>
            ) : tab === "raw" ? (
              <RawData key={detail.id} artifact={detail} />
            ) : (
              <OutlineScope value>
                <ArtifactData key={detail.id} artifact={detail} />
              </OutlineScope>
            )}
            {chartPlace === "below" && chart}
          </div>
        </FindRoot>
      </div>
    </article>
  );
}
