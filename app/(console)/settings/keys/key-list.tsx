"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { type ComponentProps, useState } from "react";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { Notice } from "#app/_ui/notice";
import { lazyPart, useLazyPart } from "#app/_ui/popup/lazy-part";
import { toast, toastLoadError } from "#app/_ui/toast";
import type { ApiKey } from "#contract/api-key";
import { pluralize } from "#formats/number";
import { Section } from "../section";
import { NoRows, SettingsTable } from "../settings-table";
import { KeyRow, RevokedRow } from "./key-row";
import { keysQuery } from "./queries";

const COLUMNS: ComponentProps<typeof SettingsTable>["columns"] = [
  { name: "Role", width: "w-20", hidden: "max-sm:hidden" },
  { name: "Created", width: "w-28", hidden: "max-lg:hidden" },
  { name: "Last used", width: "w-24", hidden: "max-md:hidden" },
  { name: "Expires", width: "w-28", hidden: "max-md:hidden" },
];

const DIALOG = lazyPart(() => import("./key-dialogs").then(({ KeyDialog }) => KeyDialog));

/** @param required whether requests need a key */
export function KeyList({ required }: { required: boolean }) {
  const { data: keys } = useSuspenseQuery(keysQuery(useApi()));
  const [editing, setEditing] = useState<ApiKey | "new" | null>(null);
  const Dialog = useLazyPart(DIALOG, editing !== null, () => {
    setEditing(null);
    toastLoadError();
  });
  const [revoking, setRevoking] = useState<ApiKey | null>(null);
  const revoke = useRevoke(() => setRevoking(null));
  const active = keys.filter(({ revoked }) => revoked === null);
  const revoked = keys.filter((key) => key.revoked !== null);
  return (
    <Section
      title="API keys"
      about="Programs send a key with each request, and people sign in with one. What a key writes is attributed to its name."
      action={
        <Button look="primary" onPointerEnter={DIALOG.prefetch} onClick={() => setEditing("new")}>
          <Plus aria-hidden className="size-3.5" />
          New key
        </Button>
      }
    >
      {!required && (
        <div className="mb-4">
          <Notice>
            This server requires no key: requests without one may do everything. A key limits the requests that send it.
            Start the server with <code className="font-mono text-[13px]">VITRINE_AUTH=keys</code> to require one.
          </Notice>
        </div>
      )}
      {active.length > 0 ? (
        <SettingsTable caption="API keys" columns={COLUMNS}>
          {active.map((key) => (
            <KeyRow
              key={key.id ?? key.name}
              apiKey={key}
              onEdit={() => setEditing(key)}
              onRevoke={() => setRevoking(key)}
            />
          ))}
        </SettingsTable>
      ) : (
        <NoRows title="No API keys yet">
          Make one for each program and person, so that the history says who wrote what.
        </NoRows>
      )}
      {revoked.length > 0 && (
        <details className="mt-6">
          <summary className="w-fit cursor-pointer rounded py-1 text-soft text-sm hover:text-ink">
            {pluralize(revoked.length, "revoked key")}
          </summary>
          <ul className="mt-2 divide-y divide-line rounded-lg border bg-surface">
            {revoked.map((key) => (
              <RevokedRow key={key.id} apiKey={key} />
            ))}
          </ul>
        </details>
      )}
      {editing && Dialog && <Dialog apiKey={editing === "new" ? null : editing} onClose={() => setEditing(null)} />}
      <Confirm
        open={revoking !== null}
        title={`Revoke ${revoking?.name}?`}
        confirm="Revoke"
        busy={revoke.isPending}
        withReason
        onConfirm={(why) => revoking?.id && revoke.mutate({ id: revoking.id, ...why })}
        onClose={() => setRevoking(null)}
      >
        Requests with this key are refused at once, and sessions that were signed in with it end. This can't be undone.
      </Confirm>
    </Section>
  );
}

function useRevoke(onSettled: () => void) {
  const refresh = useRefresh();
  return useMutation(
    useApi().apiKey.revoke.mutationOptions({
      onSuccess: ({ name }) => {
        toast(`Revoked ${name}`);
        refresh();
      },
      onError: toastError,
      onSettled,
    }),
  );
}
