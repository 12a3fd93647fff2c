"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import { Star, X } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { toast } from "#app/_ui/toast";
import type { SavedView } from "#contract/view";
import { DEFAULT_DISPLAY, type Display } from "../../../_list/columns/display";
import { type Layout, type View, withDisplay } from "../view";
import { ImportViews } from "./import-views";
import { savedHref, stateOf } from "./saved-view";
import { useDeleteView } from "./use-view-changes";

interface Props {
  view: View;
  layout: Layout;
  /** The columns that the reader chose. */
  display: Display | null;
  onClose: () => void;
}

/** Saves the list as a view, and lists those that there are: the reader's own, then the shared ones. */
export function ViewsPanel({ view, layout, display, onClose }: Props) {
  const { data: views, error } = useQuery({ ...useApi().view.list.queryOptions(), staleTime: 0 });
  const { isSignedIn } = useRole();
  const [own, shared] = [views?.filter((each) => !each.shared), views?.filter((each) => each.shared)];
  const group = { open: view, onClose };
  return (
    <div className="p-3 text-sm">
      <SaveView view={view} layout={layout} display={display} onClose={onClose} />
      {error && (
        <p role="alert" className="px-1 pt-3 text-danger">
          {toApiError(error).message}
        </p>
      )}
      {views && <ImportViews views={views} />}
      {views?.length === 0 && (
        <p className="px-1 pt-3 text-soft">Save the filters, order, columns and layout of this list under a name.</p>
      )}
      <ViewGroup title={isSignedIn ? "Yours" : null} views={own ?? []} {...group} />
      <ViewGroup title={isSignedIn ? "Shared" : null} views={shared ?? []} {...group} />
      {views?.some(({ isDefault }) => isDefault) && (
        <Link
          href="/artifacts?view=none"
          prefetch={false}
          onClick={onClose}
          className="-mx-1.5 mt-2 -mb-1.5 block rounded-md px-2 py-1.5 text-soft hover:bg-hover hover:text-ink"
        >
          All artifacts
        </Link>
      )}
    </div>
  );
}

function SaveView({ view, layout, display, onClose }: Props) {
  const [name, setName] = useState("");
  const [isShared, setShared] = useState(false);
  const { isSignedIn, mayShare } = useRole();
  const router = useRouter();
  const refresh = useRefresh();
  const create = useMutation(
    useApi().view.create.mutationOptions({
      onSuccess: (saved) => {
        toast(`Saved ${saved.name}`);
        router.push(savedHref(saved, view.asOf));
        refresh();
        onClose();
      },
    }),
  );
  const shown = layout === "list" ? withDisplay(view, display ?? DEFAULT_DISPLAY) : view;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() === "" || create.isPending) return;
        create.mutate({ name: name.trim(), shared: isShared, ...stateOf({ ...shown, show: layout }) });
      }}
    >
      <div className="flex gap-2">
        <TextField
          aria-label="View name"
          placeholder="View name"
          autoFocus
          maxLength={60}
          value={name}
          onChange={(event) => {
            create.reset();
            setName(event.target.value);
          }}
          className="min-w-0 flex-1"
        />
        <Button type="submit" look="primary" disabled={name.trim() === "" || create.isPending}>
          Save
        </Button>
      </div>
      {isSignedIn && mayShare && (
        <label className="mt-2 flex min-h-6 w-fit items-center gap-1.5 px-1 text-soft">
          <input
            type="checkbox"
            className="accent-accent"
            checked={isShared}
            onChange={(event) => setShared(event.target.checked)}
          />
          Share with everyone
        </label>
      )}
      {create.error && (
        <p role="alert" className="mt-2 px-1 text-danger">
          {toApiError(create.error).message}
        </p>
      )}
    </form>
  );
}

function ViewGroup({
  title,
  views,
  open,
  onClose,
}: {
  title: string | null;
  views: SavedView[];
  /** What the list shows. */
  open: View;
  onClose: () => void;
}) {
  const { mayShare } = useRole();
  const { deletedId, deleteView } = useDeleteView();
  if (views.length === 0) return null;
  return (
    <div className="-mx-1.5 mt-2 -mb-1.5">
      {title && <h3 className="px-2 pt-1.5 pb-1 font-medium text-faint text-xs">{title}</h3>}
      <ul aria-label={title ? `${title} views` : "Saved views"} className="max-h-60 overflow-y-auto">
        {views.map((view) => (
          <li key={view.id} className="flex items-center rounded-md hover:bg-hover">
            <Link
              href={savedHref(view, open.asOf)}
              prefetch={false}
              aria-current={view.id === open.view ? "true" : undefined}
              onClick={onClose}
              className={`min-w-0 flex-1 truncate px-2 py-1.5 ${view.id === open.view ? "font-medium" : ""}`}
            >
              {view.name}
            </Link>
            {view.isDefault && (
              <span title="Artifacts open with this view" className="px-1.5 text-faint">
                <Star aria-hidden className="size-3.5" />
                <span className="sr-only">Default</span>
              </span>
            )}
            {(!view.shared || mayShare) && (
              <button
                type="button"
                aria-label={`Delete view ${view.name}`}
                // Disabled by the attribute, it would lose the focus.
                aria-disabled={view.id === deletedId}
                onClick={({ currentTarget }) => {
                  if (view.id !== deletedId) void deleteView(view, open, () => focusBeside(currentTarget));
                }}
                className="inline-flex size-7 shrink-0 items-center justify-center rounded text-faint hover:text-ink aria-disabled:opacity-50"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** Focuses the view beside that of a button, or where it is the only one, the name of a new one. */
function focusBeside(button: HTMLElement) {
  const item = button.closest("li");
  const beside = item?.nextElementSibling ?? item?.previousElementSibling;
  const goal = beside?.querySelector("a") ?? button.closest("[role=dialog]")?.querySelector("input");
  goal?.focus();
}
