"use client";

import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { useRole } from "#app/_data/role";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { TextField } from "#app/_ui/field";
import { formatCount, pluralize } from "#formats/number";
import { RoleNote } from "../_shell/role-note";
import { useDeletePermanently } from "./mutations";
import { COUNT_LIMIT, trashCountQuery } from "./view";

/** What has to be typed before the trash is emptied. */
const WORD = "delete";

export function TrashHeader() {
  const [confirming, setConfirming] = useState(false);
  const [typed, setTyped] = useState("");
  const field = useRef<HTMLInputElement>(null);
  const close = () => {
    setConfirming(false);
    setTyped("");
  };
  const { mayWrite, mayAdmin } = useRole();
  const { data: total } = useQuery(trashCountQuery(useApi()));
  const deletePermanently = useDeletePermanently();
  const versions =
    total !== undefined && total > COUNT_LIMIT
      ? `${formatCount(COUNT_LIMIT)}+ versions`
      : pluralize(total ?? 0, "version");
  return (
    <header className="mb-4 flex min-h-8 flex-wrap items-center gap-x-4 gap-y-2">
      <h1 className="font-semibold text-xl tracking-tight">Trash</h1>
      {total !== undefined && total > 0 && <span className="text-faint text-sm tabular-nums">{versions}</span>}
      {total !== undefined && total > 0 && mayAdmin && (
        <Button className="ml-auto" onClick={() => setConfirming(true)}>
          Empty trash
        </Button>
      )}
      {total !== undefined && total > 0 && (
        <RoleNote
          action={mayWrite ? "Deleting permanently" : "Restoring"}
          requires={mayWrite ? "admin" : "write"}
          className="sm:ml-auto"
        />
      )}
      <Confirm
        open={confirming}
        title="Delete everything in the trash permanently?"
        confirm="Delete permanently"
        busy={deletePermanently.isPending || typed.trim().toLowerCase() !== WORD}
        withReason
        first={field}
        onConfirm={(why) => deletePermanently.mutate({ all: true, ...why }, { onSettled: close })}
        onClose={close}
      >
        {versions} will be deleted with {total === 1 ? "its" : "their"} data. This can't be undone.
        <label htmlFor="confirm-word" className="mt-4 mb-1.5 block">
          Type <strong className="font-semibold text-ink">{WORD}</strong> to confirm
        </label>
        <TextField
          ref={field}
          id="confirm-word"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="w-full"
        />
      </Confirm>
    </header>
  );
}
