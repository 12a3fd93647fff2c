"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useClient } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { pageHref } from "../../../_list/artifact-url";
import { textQuery } from "../../_artifact/artifact-queries";
import { useUndo } from "../changes/use-revert";
import { contentOf, type Draft } from "./draft";
import { storeDraft } from "./draft-store";
import { type Change, compare, type FieldChoice, rebase } from "./merge";

/** How often a save is merged and sent again, when others save in between. */
const MAX_ATTEMPTS = 5;

export interface SaveRequest {
  draft: Draft;
  /** The version as the form shows it. */
  theirs: Artifact;
  choices: ReadonlyMap<string, FieldChoice>;
  /** Why, for the history; empty for none. */
  reason: string;
}

/** What a save ended with; `current` is the version as it is now. */
type Outcome =
  | { kind: "saved" | "published"; current: Artifact; adopted: string[] }
  | { kind: "conflict" | "unchanged"; current: Artifact };

export interface SaveState {
  start: (request: SaveRequest) => void;
  busy: boolean;
  error: string | null;
  /** The version as the last attempt found it, if that ended with a conflict. */
  current: Artifact | null;
}

/**
 * Saves a draft in place, or publishes changed data as a new version if the draft says so, merged with what others changed
 * meanwhile. Then deletes the draft and opens the page. Conflicts without a choice save nothing.
 */
export function useSave(artifact: ArtifactDetail): SaveState {
  const client = useClient();
  const queryClient = useQueryClient();
  const router = useRouter();
  const refresh = useRefresh();
  const undo = useUndo();
  const { type } = artifact;

  const save = async ({ draft, theirs, choices, reason }: SaveRequest): Promise<Outcome> => {
    const why = reason.trim() === "" ? {} : { reason: reason.trim() };
    const publishes = draft.data !== null && draft.saving === "version";
    // An update is refused where the row is older, a new version is not.
    let current: Artifact = publishes ? await client.artifact.read.query({ id: artifact.id }) : theirs;
    for (let attempt = 1; ; attempt += 1) {
      const { id, updated } = current;
      const stored = draft.data === null ? null : await queryClient.fetchQuery(textQuery(id, updated));
      const content = contentOf(current, stored);
      const rebased = rebase(draft, content, type);
      const { change, unresolved } = compare(rebased, content, type, choices);
      if (unresolved.length > 0) return { kind: "conflict", current };
      if (Object.keys(change).length === 0) return { kind: "unchanged", current };
      const { adopted } = rebased;
      if (publishes && change.data !== undefined) {
        return { kind: "published", current: await publish(current, { ...change, ...why }, change.data), adopted };
      }
      try {
        return { kind: "saved", current: await update({ id, ifUpdated: updated, ...why }, change), adopted };
      } catch (error) {
        const newer = toApiError(error).current;
        if (attempt === MAX_ATTEMPTS || !isArtifact(newer)) throw error;
        current = newer;
      }
    }
  };

  const publish = (
    { key, type, description, metadata }: Artifact,
    { data: _, ...fields }: Change & { reason?: string },
    data: string,
  ) => mutateExact("artifact.create", { key, type, description, metadata, ...fields }, data);

  const update = (input: { id: string; ifUpdated: string; reason?: string }, { data, ...fields }: Change) =>
    data === undefined
      ? client.artifact.update.mutate({ ...input, ...fields })
      : mutateExact("artifact.update", { ...input, ...fields }, data);

  const mutation = useMutation({
    mutationFn: save,
    onSuccess(outcome) {
      if (outcome.kind === "conflict") return;
      storeDraft(artifact.id, null);
      const { current } = outcome;
      if (outcome.kind === "published") toast(`Published v${current.version} of ${current.key}`);
      if (outcome.kind === "saved") {
        toast(savedText(outcome.adopted), { action: { label: "Undo", run: () => undo.mutate(current) } });
      }
      router.push(pageHref(current, outcome.kind === "published" || artifact.isLatest));
      refresh();
    },
  });
  const { data: outcome, error } = mutation;
  return {
    busy: mutation.isPending,
    error: error && toApiError(error).message,
    current: outcome?.kind === "conflict" ? outcome.current : null,
    start: mutation.mutate,
  };
}

function savedText(adopted: string[]): string {
  return adopted.length === 0 ? "Saved" : `Saved. Changes by others were kept: ${adopted.join(", ")}`;
}

/** Checks the fields that a merge reads; the row comes from our own server. */
function isArtifact(row: unknown): row is Artifact {
  return typeof row === "object" && row !== null && "updated" in row && "description" in row && "metadata" in row;
}

/**
 * Creates or updates an artifact with data that is sent as the JSON text it is, where the client would parse it: big
 * integers, repeated names and whitespace survive.
 * @param input the other fields @param data the JSON text
 * @throws Error with the details of the response in `data`, for `toApiError`; TypeError where there is none
 */
async function mutateExact(
  procedure: "artifact.create" | "artifact.update",
  input: object,
  data: string,
): Promise<Artifact> {
  const response = await fetch(`/api/trpc/${procedure}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...input, data: null }).replace(/null\}$/, () => `${data}}`),
  });
  const body: Body = await response.json();
  if (body.error) throw Object.assign(new Error(body.error.message), { data: body.error.data });
  return body.result.data;
}

type Body = { result: { data: Artifact }; error?: undefined } | { error: { message: string; data: unknown } };
