"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { type FormEvent, type KeyboardEvent, useDeferredValue, useMemo, useState } from "react";
import { useRole } from "#app/_data/role";
import { useArrivalFocus } from "#app/_ui/arrival-focus";
import { buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { jsonProblem } from "#formats/json-problem";
import { artifactHref, keyHref, pageHref } from "../../../_list/artifact-url";
import { Breadcrumb } from "../../../_shell/breadcrumb";
import { Message } from "../../../_shell/page-error";
import { RoleNote } from "../../../_shell/role-note";
import { textQuery } from "../../_artifact/artifact-queries";
import { Conflicts } from "./conflicts";
import { DataField } from "./data-field";
import { contentOf, type Draft, dataOf, draftOf, isUntouched, problemOf, withData } from "./draft";
import { RestoredDraft } from "./draft-notice";
import { storeDraft, useDraft, useWrittenDrafts } from "./draft-store";
import { useLeaveGuard } from "./leave-guard";
import { MarkdownEditor } from "./markdown-editor";
import { type Choice, type Conflict, compare, type FieldChoice, rebase } from "./merge";
import { MetadataFields } from "./metadata-fields";
import { SaveBar } from "./save-bar";
import { useSave } from "./use-save";

/** Edits a version, where the role allows it. Unsaved changes are stored as a draft in this tab. */
export function EditForm({ artifact }: { artifact: ArtifactDetail }) {
  return useRole().mayWrite ? <Form key={artifact.id} artifact={artifact} /> : <ReadOnly artifact={artifact} />;
}

function ReadOnly({ artifact }: { artifact: ArtifactDetail }) {
  return (
    <Message title="You can't edit this artifact">
      <RoleNote action="Editing" requires="write" />
      <Link href={pageHref(artifact, artifact.isLatest)} prefetch={false} className={buttonClass("plain", "mt-5")}>
        {artifact.version === null ? "Open artifact" : `Open v${artifact.version}`}
      </Link>
    </Message>
  );
}

function Form({ artifact }: { artifact: ArtifactDetail }) {
  const router = useRouter();
  const { id, type } = artifact;
  const save = useSave(artifact);
  const [choices, setChoices] = useState<ReadonlyMap<string, FieldChoice>>(new Map());
  const [isNew, setIsNew] = useState(false);
  const [attempted, setAttempted] = useState(false);
  const [reason, setReason] = useState("");
  const [reveal, setReveal] = useState<{ at: number } | null>(null);
  const description = useArrivalFocus<HTMLTextAreaElement>();

  const theirs = newerOf(artifact, save.current);
  const small = artifact.size <= MAX_EMBEDDED_DATA;
  const { data: stored = null } = useQuery({
    ...textQuery(id, theirs.updated),
    enabled: small,
    // The editor stays while what someone else saved is loaded.
    placeholderData: keepPreviousData,
  });
  const unsaved = useDraft(id);
  useWrittenDrafts();
  const draft = useMemo(
    () => rebase(unsaved ?? draftOf(theirs, ""), contentOf(theirs, stored), type),
    [unsaved, theirs, stored, type],
  );
  // Large data takes longer to check than a keystroke may.
  const checked = useDeferredValue(draft);
  const { changed, conflicts, unresolved } = useMemo(
    () => compare(checked, contentOf(theirs, stored), type, choices),
    [checked, theirs, stored, type, choices],
  );
  const invalid = useMemo(() => problemOf(checked, type), [checked, type]);

  const put = (next: Draft) => {
    if (unsaved === null) setIsNew(true);
    storeDraft(id, isUntouched(next) ? null : { ...next, began: next.began || new Date().toISOString() });
  };
  const discard = () => storeDraft(id, null);
  const pagePath = pageHref(artifact, artifact.isLatest);
  const guard = useLeaveGuard(unsaved !== null && changed.length > 0, discard);
  const submit = () => {
    setAttempted(true);
    if (save.busy) return;
    if (problemOf(draft, type) !== null) {
      const data = dataOf(draft, type);
      const problem = data === null ? null : jsonProblem(data);
      setReveal(problem && { at: problem.at ?? 0 });
      return;
    }
    save.start({ draft, theirs, choices, reason });
  };
  const choose = (conflict: Conflict, side: Choice) =>
    setChoices(new Map(choices).set(conflict.field, { side, theirs: conflict.theirs }));
  const isUndecided = attempted && unresolved.length > 0 ? "Choose what to save of each conflict." : null;

  return (
    <form
      aria-label="Edit"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
        event.preventDefault();
        submit();
      }}
    >
      <Breadcrumb at={crumbs(artifact)} />
      <h1 className="font-semibold text-xl tracking-tight">
        Edit {artifact.key ?? "artifact"}
        {artifact.version !== null && <span className="font-normal text-faint"> v{artifact.version}</span>}
      </h1>
      <div className="mt-4 space-y-3 empty:hidden">
        {unsaved && !isNew && <RestoredDraft id={id} draft={unsaved} />}
        {draft.adopted.length > 0 && (
          <Notice>Changed by someone else since your draft began, and kept: {draft.adopted.join(", ")}.</Notice>
        )}
        {conflicts.length > 0 && (
          <Conflicts conflicts={conflicts} choices={choices} updated={theirs.updated} onChoose={choose} />
        )}
      </div>
      <div className="mt-6 space-y-8">
        <MarkdownEditor
          ref={description}
          label="Description"
          compact
          value={draft.description}
          onChange={(text) => put({ ...draft, description: text })}
        />
        <MetadataFields rows={draft.rows} onChange={(rows) => put({ ...draft, rows })} />
        <DataField
          artifact={artifact}
          draft={draft}
          stored={stored}
          reveal={reveal}
          onText={(text) => stored !== null && put(withData(draft, text, stored, type))}
          onSaving={(saving) => put({ ...draft, saving })}
        />
      </div>
      <SaveBar
        changed={changed}
        action={changed.includes("data") && draft.saving === "version" ? "Publish new version" : "Save"}
        busy={save.busy}
        problem={invalid ?? save.error ?? isUndecided}
        reason={reason}
        onReason={setReason}
        onCancel={() => (unsaved && changed.length > 0 ? guard.leaveTo(pagePath) : router.push(pagePath))}
      />
      {guard.dialog}
    </form>
  );
}

/** The later state of a version. */
function newerOf(one: Artifact, other: Artifact | null): Artifact {
  return other !== null && other.updated > one.updated ? other : one;
}

function crumbs(artifact: ArtifactDetail) {
  const { id, key, version } = artifact;
  const self = { name: version === null ? id.slice(0, 8) : `v${version}`, href: artifactHref(artifact) };
  return [...(key === null ? [] : [{ name: key, href: keyHref(key) }]), self, { name: "Edit" }];
}
