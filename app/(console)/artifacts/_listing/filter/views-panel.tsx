"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { deleteView, saveView, useSavedViews } from "../../../_shell/saved-views";
import { hrefOf, type View } from "../view";

export function ViewsPanel({ view, onClose }: { view: View; onClose: () => void }) {
  const [name, setName] = useState("");
  const saved = useSavedViews();
  const href = hrefOf({ ...view, cursor: "" });
  return (
    <div className="p-3 text-sm">
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (!name.trim()) return;
          saveView({ name: name.trim(), href });
          setName("");
        }}
      >
        <TextField
          aria-label="View name"
          placeholder="View name"
          autoFocus
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="min-w-0 flex-1"
        />
        <Button type="submit" look="primary" disabled={!name.trim()}>
          Save
        </Button>
      </form>
      {saved.length === 0 ? (
        <p className="px-1 pt-3 text-soft">
          Save the current filters and sort order as a view. Saved in this browser only.
        </p>
      ) : (
        <ul aria-label="Saved views" className="-mx-1.5 mt-2 -mb-1.5 max-h-72 overflow-y-auto">
          {saved.map((each) => (
            <li key={each.name} className="flex items-center rounded-md hover:bg-hover">
              <Link
                href={each.href}
                prefetch={false}
                aria-current={each.href === href ? "true" : undefined}
                onClick={onClose}
                className={`min-w-0 flex-1 truncate px-2 py-1.5 ${each.href === href ? "font-medium" : ""}`}
              >
                {each.name}
              </Link>
              <button
                type="button"
                aria-label={`Delete view ${each.name}`}
                onClick={() => deleteView(each.name)}
                className="inline-flex size-7 shrink-0 items-center justify-center rounded text-faint hover:text-ink"
              >
                <X aria-hidden className="size-3.5" />
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
