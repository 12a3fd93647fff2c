"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type KeyboardEvent, useEffect, useState, useSyncExternalStore } from "react";
import { useRole } from "#app/_data/role";
import { Button, buttonClass } from "#app/_ui/button";
import { Confirm } from "#app/_ui/confirm";
import { Notice } from "#app/_ui/notice";
import type { ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { artifactHref, keyHref, pageHref } from "../../../_list/artifact-url";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { PageMessage } from "../../../_shell/page-error";
import { RoleNote } from "../../../_shell/role-note";
import { textQuery } from "../../_artifact/artifact-queries";
import { Conflict } from "./conflict";
import { DataField } from "./data-field";
import { DescriptionField } from "./description-field";
import { changeOf, type Draft, draftOf, editableText } from "./draft";
import { storeDraft, useDraft } from "./draft-store";
import { MetadataFields } from "./metadata-fields";
import { useSave } from "./use-save";

/** Edits a version, where the role allows it. Unsaved changes are stored as a draft in this tab. */
export function EditForm({ artifact }: { artifact: ArtifactDetail }) {
  return useRole().mayWrite ? <Form artifact={artifact} /> : <ReadOnly artifact={artifact} />;
}

function ReadOnly({ artifact }: { artifact: ArtifactDetail }) {
  return (
    <PageMessage title="You can't edit this artifact">
      <RoleNote action="Editing" requires="write" />
      <Link href={pageHref(artifact, artifact.isLatest)} prefetch={false} className={buttonClass("plain", "mt-5")}>
        {artifact.version === null ? "Open artifact" : `Open v${artifact.version}`}
      </Link>
    </PageMessage>
  );
}

function Form({ artifact }: { artifact: ArtifactDetail }) {
  const router = useRouter();
  const small = artifact.size <= MAX_EMBEDDED_DATA;
  const { data: stored } = useQuery({ ...textQuery(artifact.id, artifact.updated), enabled: small });
  const unsaved = useDraft(artifact.id);
  const draft = unsaved ?? draftOf(artifact);
  const [confirming, setConfirming] = useState(false);
  const [invalid, setInvalid] = useState<string | null>(null);
  const save = useSave(artifact);

  const put = (part: Partial<Draft>) => {
    setInvalid(null);
    storeDraft(artifact.id, { ...draft, ...part });
  };
  const leave = () => {
    storeDraft(artifact.id, null);
    router.push(pageHref(artifact, artifact.isLatest));
  };
  const submit = (base = draft.base) => {
    const change = changeOf(draft, artifact, stored);
    if ("error" in change) return setInvalid(change.error);
    if (Object.keys(change).length === 0) return leave();
    save.start(change, { ...draft, base });
  };
  useUnloadWarning(unsaved !== null);
  const error = invalid ?? save.error;
  const saveKeys = useSaveKeys();

  return (
    <form
      aria-label="Edit"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
        event.preventDefault();
        submit();
      }}
      className="max-w-3xl"
    >
      <Breadcrumb at={crumbs(artifact)} />
      <h1 className="font-semibold text-xl tracking-tight">
        Edit {artifact.key ?? "artifact"}
        {artifact.version !== null && <span className="font-normal text-faint"> v{artifact.version}</span>}
      </h1>
      <div className="mt-6 space-y-8">
        <DescriptionField value={draft.description} onChange={(description) => put({ description })} />
        <MetadataFields rows={draft.rows} onChange={(rows) => put({ rows })} />
        <DataField
          artifact={artifact}
          draft={draft}
          text={draft.data ?? (stored === undefined ? undefined : editableText(artifact.type, stored))}
          onChange={put}
        />
      </div>
      <div className="mt-6 space-y-3">
        {error && <Notice tone="danger">{error}</Notice>}
        {save.conflict && (
          <Conflict
            mine={draft}
            current={save.conflict}
            onKeepMine={(base) => {
              put({ base });
              submit(base);
            }}
            onDiscardMine={leave}
          />
        )}
        <div className="sticky bottom-0 flex items-center gap-2 border-t bg-canvas py-3">
          <Button type="submit" look="primary" disabled={save.busy}>
            {save.busy ? "Saving…" : draft.data !== null && draft.saving === "version" ? "Publish new version" : "Save"}
          </Button>
          <Button look="quiet" onClick={() => (unsaved ? setConfirming(true) : leave())}>
            Cancel
          </Button>
          <span className="ml-auto text-faint text-xs max-sm:hidden">{saveKeys} to save</span>
        </div>
      </div>
      <Confirm
        open={confirming}
        title="Discard your changes?"
        confirm="Discard"
        onConfirm={leave}
        onClose={() => setConfirming(false)}
      >
        Your unsaved changes will be lost.
      </Confirm>
    </form>
  );
}

function crumbs(artifact: ArtifactDetail) {
  const { id, key, version } = artifact;
  const self = { name: version === null ? id.slice(0, 8) : `v${version}`, href: artifactHref(artifact) };
  return [...(key === null ? [] : [{ name: key, href: keyHref(key) }]), self, { name: "Edit" }];
}

const neverChanges = () => () => {};

/** The keys that submit the form, as this platform writes them. */
function useSaveKeys(): string {
  return useSyncExternalStore(
    neverChanges,
    () => (/Mac|iPhone|iPad/.test(navigator.platform) ? "⌘↵" : "Ctrl+↵"),
    () => "Ctrl+↵",
  );
}

/** Drafts end with their tab, so the browser asks before it is closed. */
function useUnloadWarning(on: boolean) {
  useEffect(() => {
    if (!on) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener("beforeunload", warn);
    return () => window.removeEventListener("beforeunload", warn);
  }, [on]);
}
