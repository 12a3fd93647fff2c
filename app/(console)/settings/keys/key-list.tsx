"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
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
import { KeyRow, RevokedRow } from "./key-row";
import { keysQuery } from "./queries";

const HEAD = "px-3 text-left font-medium text-faint text-xs";

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
        <div className="rounded-lg border bg-surface">
          <table className="w-full table-fixed border-separate border-spacing-0 text-sm">
            <caption className="sr-only">API keys</caption>
            <colgroup>
              <col />
              <col className="w-20 max-sm:hidden" />
              <col className="w-28 max-lg:hidden" />
              <col className="w-24 max-md:hidden" />
              <col className="w-28 max-md:hidden" />
              <col className="w-12" />
            </colgroup>
            <thead className="max-sm:sr-only">
              <tr className="*:h-8 *:border-b">
                <th scope="col" className={`${HEAD} pl-4`}>
                  Name
                </th>
                <th scope="col" className={`${HEAD} max-sm:hidden`}>
                  Role
                </th>
                <th scope="col" className={`${HEAD} max-lg:hidden`}>
                  Created
                </th>
                <th scope="col" className={`${HEAD} max-md:hidden`}>
                  Last used
                </th>
                <th scope="col" className={`${HEAD} max-md:hidden`}>
                  Expires
                </th>
                <td className="p-0" />
              </tr>
            </thead>
            <tbody>
              {active.map((key) => (
                <KeyRow
                  key={key.id ?? key.name}
                  apiKey={key}
                  onEdit={() => setEditing(key)}
                  onRevoke={() => setRevoking(key)}
                />
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        <div className="rounded-lg border border-edge border-dashed px-4 py-12 text-center text-sm text-soft">
          <h3 className="mb-1 font-medium text-base text-ink">No API keys yet</h3>
          <p>Make one for each program and person, so that the history says who wrote what.</p>
        </div>
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
        onConfirm={() => revoking?.id && revoke.mutate({ id: revoking.id })}
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
