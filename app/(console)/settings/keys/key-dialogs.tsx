"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
import { Copy } from "#app/_ui/copy";
import { ReasonField, TextField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import { toast } from "#app/_ui/toast";
import type { ApiKey, CreatedApiKey, Role } from "#contract/api-key";
import { expiryIn } from "./expiry";
import { AS_IS, ExpiryChoice, KeyPatternsField, Labelled, patterns, RoleChoice } from "./key-fields";

const DIALOG = "m-auto max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5";

const DEFAULT_DAYS = "90";

/** Makes a key, or changes one. */
export function KeyDialog({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  return apiKey ? <EditKey apiKey={apiKey} onClose={onClose} /> : <NewKey onClose={onClose} />;
}

/** Makes a key; its secret is shown until the dialog is closed, and never again: so it stays open while a key is made. */
function NewKey({ onClose }: { onClose: () => void }) {
  const [name, setName] = useState("");
  const [role, setRole] = useState<Role>("write");
  const [keys, setKeys] = useState("");
  const [days, setDays] = useState(DEFAULT_DAYS);
  const [reason, setReason] = useState("");
  const [created, setCreated] = useState<CreatedApiKey | null>(null);
  const refresh = useRefresh();
  const create = useMutation(
    useApi().apiKey.create.mutationOptions({
      onSuccess: (key) => {
        setCreated(key);
        refresh();
      },
    }),
  );
  if (created) return <Secret of={created} onClose={onClose} />;
  return (
    <KeyForm
      title="New API key"
      submit="Create key"
      error={create.error}
      busy={create.isPending || name.trim() === ""}
      onSubmit={() =>
        create.mutate({
          name: name.trim(),
          role,
          keys: patterns(keys),
          expires: expiryIn(days === "" ? null : Number(days)),
          reason: reason.trim() || null,
        })
      }
      onClose={() => !create.isPending && onClose()}
    >
      <Labelled name="Name" hint="Who writes with it, as the history shows it. It can't be changed.">
        {(ids) => (
          <TextField
            {...ids}
            value={name}
            maxLength={64}
            autoFocus
            autoComplete="off"
            spellCheck={false}
            placeholder="nightly-etl"
            onChange={({ target }) => setName(target.value)}
            className="w-full font-normal"
          />
        )}
      </Labelled>
      <RoleChoice role={role} onChange={setRole} />
      <KeyPatternsField keys={keys} onChange={setKeys} />
      <ExpiryChoice days={days} onChange={setDays} />
      <ReasonField value={reason} onChange={setReason} />
    </KeyForm>
  );
}

/** Changes the role and the expiry of a key. */
function EditKey({ apiKey, onClose }: { apiKey: ApiKey; onClose: () => void }) {
  const [role, setRole] = useState(apiKey.role);
  const [keys, setKeys] = useState(apiKey.keys ?? "");
  const [days, setDays] = useState(AS_IS);
  const [reason, setReason] = useState("");
  const refresh = useRefresh();
  const update = useMutation(
    useApi().apiKey.update.mutationOptions({
      onSuccess: ({ name }) => {
        toast(`Changed ${name}`);
        refresh();
        onClose();
      },
    }),
  );
  const expires = days === AS_IS ? undefined : expiryIn(days === "" ? null : Number(days));
  const isChanged = role !== apiKey.role || patterns(keys) !== apiKey.keys || days !== AS_IS;
  return (
    <KeyForm
      title={`Edit ${apiKey.name}`}
      submit="Save"
      error={update.error}
      busy={update.isPending || !isChanged}
      onSubmit={() =>
        apiKey.id !== null &&
        update.mutate({ id: apiKey.id, role, keys: patterns(keys), expires, reason: reason.trim() || null })
      }
      onClose={onClose}
    >
      <RoleChoice role={role} onChange={setRole} />
      <KeyPatternsField keys={keys} onChange={setKeys} />
      <ExpiryChoice days={days} onChange={setDays} of={apiKey} />
      <ReasonField value={reason} onChange={setReason} />
    </KeyForm>
  );
}

function KeyForm({
  title,
  submit,
  error,
  busy,
  onSubmit,
  onClose,
  children,
}: {
  title: string;
  submit: string;
  error: unknown;
  busy: boolean;
  onSubmit: () => void;
  onClose: () => void;
  children: ReactNode;
}) {
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (!busy) onSubmit();
  };
  return (
    <Modal label={title} onClose={onClose} className={DIALOG}>
      <h2 className="break-words font-semibold text-lg tracking-tight">{title}</h2>
      <form onSubmit={handleSubmit} className="mt-4 flex flex-col gap-4">
        {children}
        {error !== null && <Notice tone="danger">{toApiError(error).message}</Notice>}
        <FormButtons onCancel={onClose} disabled={busy}>
          {submit}
        </FormButtons>
      </form>
    </Modal>
  );
}

/** Only the button closes it, as the secret cannot be had again. */
function Secret({ of: { name, secret }, onClose }: { of: CreatedApiKey; onClose: () => void }) {
  const id = useId();
  return (
    <Modal label={`Secret of ${name}`} onClose={() => {}} className={DIALOG}>
      <h2 className="break-words font-semibold text-lg tracking-tight">Copy the secret of {name}</h2>
      <p id={id} className="mt-1 text-soft text-sm">
        It is shown only now: Vitrine stores no more than its digest.
      </p>
      <div className="mt-4 flex items-center gap-1.5">
        <TextField
          readOnly
          autoFocus
          value={secret}
          aria-label="Secret"
          aria-describedby={id}
          onFocus={({ target }) => target.select()}
          className="min-w-0 flex-1 font-mono text-[13px]"
        />
        <Copy text={secret} label="Copy secret" className="size-8!" />
      </div>
      <p className="mt-3 text-soft text-sm">
        Set it as <code className="font-mono text-[13px]">VITRINE_API_KEY</code>, send it as a Bearer token, or sign in
        with it.
      </p>
      <div className="mt-5 flex justify-end">
        <Button look="primary" onClick={onClose}>
          Done
        </Button>
      </div>
    </Modal>
  );
}
