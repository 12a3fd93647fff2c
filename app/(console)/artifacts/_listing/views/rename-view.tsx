"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { TextField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import { toast } from "#app/_ui/toast";
import type { SavedView } from "#contract/view";

/** Asks for another name of a view. */
export function RenameView({ view, onClose }: { view: SavedView; onClose: () => void }) {
  const [name, setName] = useState(view.name);
  const id = useId();
  const refresh = useRefresh();
  const renaming = useMutation(
    useApi().view.update.mutationOptions({
      onSuccess: (renamed) => {
        toast(`Renamed to ${renamed.name}`);
        refresh();
        onClose();
      },
    }),
  );
  const isReady = name.trim() !== "" && name.trim() !== view.name && !renaming.isPending;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) renaming.mutate({ id: view.id, name: name.trim() });
  };
  return (
    <Modal
      label={`Rename view ${view.name}`}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(24rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5"
    >
      <h2 className="break-words font-semibold text-lg tracking-tight">Rename view</h2>
      <form onSubmit={handleSubmit} className="mt-4 flex flex-col gap-3">
        <label htmlFor={id} className="flex flex-col gap-1 font-medium text-sm">
          Name
          <TextField
            id={id}
            value={name}
            maxLength={60}
            autoComplete="off"
            onChange={({ target }) => {
              renaming.reset();
              setName(target.value);
            }}
            className="w-full font-normal"
          />
        </label>
        {renaming.error && <Notice tone="danger">{toApiError(renaming.error).message}</Notice>}
        <FormButtons onCancel={onClose} disabled={!isReady}>
          Rename
        </FormButtons>
      </form>
    </Modal>
  );
}
