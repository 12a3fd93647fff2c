"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useApi, useClient } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { LabelChange } from "#contract/label";
import { actorText, eventText } from "../../_events/event-text";

/** Sets or removes a label and offers Undo. `conflict` says who changed it since it was seen. */
export function useSetLabel(onDone: () => void) {
  const api = useApi();
  const client = useClient();
  const refresh = useRefresh();
  const [conflict, setConflict] = useState<string | null>(null);
  const undo = useMutation(
    api.collection.label.mutationOptions({
      onSuccess: (change) => {
        toast(changeText(change));
        refresh();
      },
      onError: async (error, { key, label }) => {
        if (!isConflict(error)) return toastError(error);
        toast(`Not undone: ${await lastChange(client, key, label)}.`, { tone: "danger" });
        refresh();
      },
    }),
  );
  const mutation = useMutation(
    api.collection.label.mutationOptions({
      onSuccess: (change) => {
        const { key, label, version, previous } = change;
        const run = () => undo.mutate({ key, label, version: previous, ifVersion: version });
        toast(changeText(change), version === previous ? {} : { action: { label: "Undo", run } });
        refresh();
        onDone();
      },
      onError: async (error, { key, label }) => {
        setConflict(
          isConflict(error) ? `Meanwhile, ${await lastChange(client, key, label)}.` : toApiError(error).message,
        );
      },
    }),
  );
  return { ...mutation, conflict, clear: () => setConflict(null) };
}

function isConflict(error: unknown): boolean {
  return toApiError(error).code === "CONFLICT";
}

/** Who changed a label last, and how. */
async function lastChange(client: ReturnType<typeof useClient>, key: string, label: string): Promise<string> {
  const { items } = await client.collection.history.query({ key, limit: 200 }).catch(() => ({ items: [] }));
  const last = items.find(({ verb, after }) => verb === "collection.label" && after?.label === label);
  return last ? `${actorText(last)} ${eventText(last)}` : `the label ${label} was changed`;
}

function changeText({ label, version, previous }: LabelChange): string {
  if (version === previous) return version === null ? `${label} is not set` : `${label} is v${version} already`;
  if (version === null) return `Removed ${label} from v${previous}`;
  return previous === null ? `Set ${label} to v${version}` : `Moved ${label} from v${previous} to v${version}`;
}
