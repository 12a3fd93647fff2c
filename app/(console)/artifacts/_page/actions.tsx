"use client";

import { Braces, Ellipsis, Link2, MessageSquareText, Pencil, Trash2 } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useRole } from "#app/_data/role";
import { buttonClass } from "#app/_ui/button";
import { requestReason } from "#app/_ui/confirm";
import { Menu, type MenuItem } from "#app/_ui/menu";
import { openHere } from "#app/_ui/shallow-link";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { artifactHref, type TabName } from "../../_list/artifact-url";
import { copyLink } from "../../_shell/copy-link";
import { DownloadMenu } from "../_artifact/download-menu";
import { useDeleteArtifact } from "../_artifact/use-delete";

const ICON = "size-3.5";

/** What can be done with a version, as buttons and by shortcuts. `compare` and `deletions` are for versions of a key. */
export function Actions({
  artifact,
  tab,
  tabHref,
  compare,
  more = [],
  deletions = [],
}: {
  artifact: Artifact;
  tab: TabName;
  tabHref: (tab: TabName) => string;
  compare?: ReactNode;
  /** What else can be done with the version. */
  more?: MenuItem[];
  /** Of all versions, after its own. */
  deletions?: MenuItem[];
}) {
  const router = useRouter();
  const { mayWrite } = useRole();
  const deletion = useDeleteArtifact();
  const { id, key } = artifact;
  const edit = tabHref("edit");
  const raw = tabHref(tab === "raw" ? "content" : "raw");
  const toggleRaw = () => openHere(raw);
  const copy = () => copyLink(artifactHref(artifact));
  const remove = () => deletion.mutate({ id });
  const removeWithReason = () =>
    requestReason({
      title: key === null ? "Delete this artifact?" : `Delete v${artifact.version} of ${key}?`,
      text: "It will move to the trash.",
      confirm: "Delete",
      run: (why) => deletion.mutate({ id, ...why }),
    });
  useShortcuts(
    {
      ".": { label: "Toggle raw data", run: toggleRaw },
      e: mayWrite ? { label: "Edit", run: () => router.push(edit) } : undefined,
      y: { label: "Copy link", run: copy },
      "#": mayWrite ? { label: "Delete this version", run: remove } : undefined,
    },
    "Version",
  );
  return (
    <>
      {mayWrite && (
        <Link href={edit} prefetch={false} aria-keyshortcuts="e" title="Edit (e)" className={buttonClass()}>
          <Pencil aria-hidden className={ICON} />
          <span className="max-sm:sr-only">Edit</span>
        </Link>
      )}
      {compare}
      <DownloadMenu artifact={artifact} look="plain" />
      <Menu
        look="plain"
        compact
        label="More actions"
        icon={<Ellipsis aria-hidden className="size-4" />}
        items={[
          { label: "Copy link", icon: <Link2 aria-hidden className={ICON} />, hint: "y", run: copy },
          {
            label: tab === "raw" ? "Show content" : "Show raw data",
            icon: <Braces aria-hidden className={ICON} />,
            hint: ".",
            run: toggleRaw,
          },
          ...(mayWrite
            ? [
                ...more,
                {
                  label: key === null ? "Delete" : `Delete v${artifact.version}`,
                  icon: <Trash2 aria-hidden className={ICON} />,
                  hint: "#",
                  danger: true,
                  run: remove,
                },
                {
                  label: "Delete with a reason…",
                  icon: <MessageSquareText aria-hidden className={ICON} />,
                  danger: true,
                  run: removeWithReason,
                },
                ...deletions,
              ]
            : []),
        ]}
      />
    </>
  );
}
