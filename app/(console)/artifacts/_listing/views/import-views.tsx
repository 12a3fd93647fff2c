"use client";

import { useState } from "react";
import { useClient } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
import { toast } from "#app/_ui/toast";
import type { SavedView } from "#contract/view";
import { pluralize } from "#formats/number";
import { loadView } from "../view";
import { type BrowserView, forgetViews, freeName, useBrowserViews } from "./browser-views";
import { stateOf } from "./saved-view";

/** Offers to store the views that are kept in this browser on the server; each is forgotten here once it is there. */
export function ImportViews({ views }: { views: SavedView[] }) {
  const stored = useBrowserViews();
  const client = useClient();
  const refresh = useRefresh();
  const [isPending, setPending] = useState(false);
  if (stored.length === 0) return null;
  const importAll = async () => {
    const used = new Set(views.map(({ name }) => name));
    const done: BrowserView[] = [];
    try {
      for (const view of stored) {
        const name = freeName(view.name, used);
        await client.view.create.mutate({ name, ...stateOf(loadView(new URL(view.href, location.href))) });
        used.add(name);
        done.push(view);
      }
      toast(`Imported ${pluralize(done.length, "view")}`);
    } catch (error) {
      toastError(error);
    }
    forgetViews(done);
    setPending(false);
    refresh();
  };
  return (
    <div className="mt-3 rounded-md border px-2.5 py-2">
      <p className="text-soft">{pluralize(stored.length, "view")} from before, kept in this browser only.</p>
      <div className="mt-1.5 flex gap-1.5">
        <Button
          disabled={isPending}
          onClick={() => {
            setPending(true);
            void importAll();
          }}
          className="h-7"
        >
          Import
        </Button>
        <Button look="quiet" disabled={isPending} onClick={() => forgetViews(stored)} className="h-7">
          Discard
        </Button>
      </div>
    </div>
  );
}
