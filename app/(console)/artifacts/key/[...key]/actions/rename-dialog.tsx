"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type FormEvent, useId, useState } from "react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { toastError, useRefresh } from "#app/_data/mutation";
import { ReasonField, TextField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import { toast } from "#app/_ui/toast";
import { keyError } from "#contract/key";
import { pluralize } from "#formats/number";
import { keyHref } from "../../../../_list/artifact-url";

/** Asks for the new key of all versions, opens its page, and offers Undo. */
export function RenameDialog({
  artifactKey,
  versions,
  onClose,
}: {
  artifactKey: string;
  versions: number;
  onClose: () => void;
}) {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const [to, setTo] = useState(artifactKey);
  const [reason, setReason] = useState("");
  const id = useId();
  const open = (key: string) => {
    router.replace(keyHref(key));
    refresh();
  };
  const undo = useMutation(
    api.collection.rename.mutationOptions({
      onSuccess: ({ key }) => {
        toast(`${key} has its name again`);
        open(key);
      },
      onError: toastError,
    }),
  );
  const renaming = useMutation(
    api.collection.rename.mutationOptions({
      onSuccess: ({ key, previous }) => {
        toast(`Renamed to ${key}`, { action: { label: "Undo", run: () => undo.mutate({ key, to: previous }) } });
        open(key);
        onClose();
      },
    }),
  );
  const rule = to === "" ? null : keyError(to);
  const problem = rule === null ? (renaming.error ? toApiError(renaming.error).message : null) : `A key ${rule}.`;
  const isReady = to !== "" && to !== artifactKey && rule === null && !renaming.isPending;
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady) renaming.mutate({ key: artifactKey, to, reason: reason.trim() || null });
  };
  return (
    <Modal
      label={`Rename ${artifactKey}`}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5"
    >
      <h2 className="break-words font-semibold text-lg tracking-tight">Rename {artifactKey}</h2>
      <p className="mt-1 text-soft text-sm">
        {versions === 1 ? "Its version gets" : `All ${pluralize(versions, "version")} get`} the new key. Links to the
        old one lead to it, until something is published there again.
      </p>
      <form onSubmit={handleSubmit} className="mt-4 flex flex-col gap-3">
        <label htmlFor={`${id}-key`} className="flex flex-col gap-1 font-medium text-sm">
          Key
          <TextField
            id={`${id}-key`}
            value={to}
            maxLength={255}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            aria-invalid={rule !== null}
            aria-describedby={problem === null ? undefined : `${id}-problem`}
            onChange={({ target }) => {
              renaming.reset();
              setTo(target.value);
            }}
            className="w-full font-normal"
          />
        </label>
        <ReasonField value={reason} onChange={setReason} />
        {problem !== null && (
          <Notice tone="danger">
            <span id={`${id}-problem`}>{problem}</span>
          </Notice>
        )}
        <FormButtons onCancel={onClose} disabled={!isReady}>
          Rename
        </FormButtons>
      </form>
    </Modal>
  );
}
