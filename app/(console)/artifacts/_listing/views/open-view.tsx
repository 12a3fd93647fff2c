"use client";

import { Bookmark, Ellipsis, X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useRole } from "#app/_data/role";
import { Button, buttonClass } from "#app/_ui/button";
import { Menu, type MenuItem } from "#app/_ui/menu";
import { Notice } from "#app/_ui/notice";
import { lazyPart, useLazyPart } from "#app/_ui/popup/lazy-part";
import { toastLoadError } from "#app/_ui/toast";
import type { SavedView } from "#contract/view";
import { copyLink } from "../../../_shell/copy-link";
import { hrefOf, type View } from "../view";
import { changesOf, isModified, savedHref, unknownColumns } from "./saved-view";
import { useDefaultView, useDeleteView, useUpdateView } from "./use-view-changes";

const RENAME = lazyPart(() => import("./rename-view").then(({ RenameView }) => RenameView));

/** The saved view that the list shows, and what differs from it; null where it does not exist for the reader. */
export function OpenView({ view, saved }: { view: View; saved: SavedView | null }) {
  const withoutView = hrefOf({ ...view, view: "none" });
  if (!saved) {
    return (
      <div className="mt-4">
        <Notice
          tone="warn"
          action={
            <Link href={withoutView} prefetch={false} className={buttonClass()}>
              Close
            </Link>
          }
        >
          This view was deleted, or is somebody else's. The list shows what the link says.
        </Notice>
      </div>
    );
  }
  const unknown = unknownColumns(saved);
  return (
    <section aria-label={`View ${saved.name}`} className="mt-4">
      <OpenViewBar view={view} saved={saved} closeHref={withoutView} />
      {unknown.length > 0 && (
        <div className="mt-2">
          <Notice>
            {unknown.length === 1 ? "A column" : "Columns"} of this view {unknown.length === 1 ? "is" : "are"} unknown
            here and left out: {unknown.join(", ")}.
          </Notice>
        </div>
      )}
    </section>
  );
}

function OpenViewBar({ view, saved, closeHref }: { view: View; saved: SavedView; closeHref: string }) {
  const { mayShare, isSignedIn } = useRole();
  const [isRenaming, setRenaming] = useState(false);
  const Rename = useLazyPart(RENAME, isRenaming, () => {
    setRenaming(false);
    toastLoadError();
  });
  const save = useUpdateView(({ name }) => `Saved ${name}`);
  const share = useUpdateView(({ name, shared }) =>
    shared ? `Shared ${name} with everyone` : `${name} is yours alone`,
  );
  const setDefault = useDefaultView();
  const { deleteView } = useDeleteView();
  const mayChange = !saved.shared || mayShare;
  const modified = isModified(view, saved);
  const items: MenuItem[] = [
    {
      label: "Copy link",
      run: () => copyLink(new URL(`/artifacts/view/${saved.id}`, location.href).href),
    },
    {
      label: saved.isDefault ? "Don't open Artifacts with it" : "Make default",
      run: () => setDefault.mutate({ id: saved.isDefault ? null : saved.id }),
    },
    ...(mayChange ? [{ label: "Rename…", run: () => setRenaming(true) }] : []),
    ...(isSignedIn && mayShare
      ? [
          {
            label: saved.shared ? "Make it yours alone" : "Share with everyone",
            run: () => share.mutate({ id: saved.id, shared: !saved.shared }),
          },
        ]
      : []),
    ...(mayChange ? [{ label: "Delete", danger: true, run: () => deleteView(saved, view) }] : []),
  ];
  const facts = [
    isSignedIn ? (saved.shared ? "Shared" : "Yours") : null,
    saved.isDefault ? "Default" : null,
    modified ? "Modified" : null,
  ].filter((fact) => fact !== null);
  return (
    <div className="flex min-h-8 flex-wrap items-center gap-x-2 gap-y-1 text-sm">
      <Bookmark aria-hidden className="size-4 shrink-0 text-accent" />
      <h2 className="min-w-0 truncate font-medium">{saved.name}</h2>
      <span className="text-faint">{facts.join(" · ")}</span>
      <div className="ml-auto flex items-center gap-1.5">
        {modified && mayChange && (
          <Button
            disabled={save.isPending}
            onClick={() => save.mutate({ id: saved.id, ifUpdated: saved.updated, ...changesOf(view, saved) })}
          >
            Save
          </Button>
        )}
        {modified && (
          <Link href={savedHref(saved, view.asOf)} prefetch={false} scroll={false} className={buttonClass("quiet")}>
            Reset
          </Link>
        )}
        <Menu
          label={`Actions of view ${saved.name}`}
          icon={<Ellipsis aria-hidden className="size-4" />}
          items={items}
          compact
        />
        <Link
          href={closeHref}
          prefetch={false}
          scroll={false}
          aria-label="Close view"
          title="Close the view, and keep what the list shows"
          className={buttonClass("quiet", "w-8 px-0!")}
        >
          <X aria-hidden className="size-4" />
        </Link>
      </div>
      {isRenaming && Rename && <Rename view={saved} onClose={() => setRenaming(false)} />}
    </div>
  );
}
