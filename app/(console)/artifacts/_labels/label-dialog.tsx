"use client";

import { useQuery } from "@tanstack/react-query";
import { Tag } from "lucide-react";
import { type FormEvent, useId, useRef, useState } from "react";
import { useApi } from "#app/_data/client";
import { useRole } from "#app/_data/role";
import { Button } from "#app/_ui/button";
import { ReasonField, TextField } from "#app/_ui/field";
import { FormButtons, Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import type { LabelOfKey } from "#contract/label";
import { LABEL_NAME } from "#contract/limits";
import { labelsQuery } from "./labels";
import { useSetLabel } from "./use-set-label";

const PROTECTED = "Protected: only the role admin may move it";

/** Sets and removes labels of a version. */
export function LabelDialog({
  artifactKey,
  version,
  onClose,
}: {
  artifactKey: string;
  version: number;
  onClose: () => void;
}) {
  const { mayAdmin } = useRole();
  const { data: labels = [], refetch } = useQuery(labelsQuery(useApi(), artifactKey));
  const [name, setName] = useState("");
  const [reason, setReason] = useState("");
  const labelling = useSetLabel(onClose);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const own = labels.filter((each) => each.version === version);
  const others = labels.filter((each) => each.version !== version);
  const current = labels.find(({ label }) => label === name)?.version ?? null;
  const isFixed = (label: LabelOfKey) => label.protected && !mayAdmin;
  const isSettable =
    LABEL_NAME.test(name) &&
    name !== "latest" &&
    current !== version &&
    !labels.some((each) => each.label === name && isFixed(each));
  const change = (label: string, to: number | null, ifVersion: number | null) =>
    labelling.mutate({ key: artifactKey, label, version: to, ifVersion, reason: reason.trim() || null });
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (isSettable) change(name, version, current);
  };
  return (
    <Modal
      label={`Labels of v${version}`}
      first={field}
      onClose={onClose}
      className="m-auto max-h-[calc(100dvh-2rem)] w-[min(28rem,calc(100vw-2rem))] overflow-y-auto rounded-lg p-5"
    >
      <h2 className="break-words font-semibold text-lg tracking-tight">Labels of v{version}</h2>
      <p className="mt-1 text-soft text-sm">A label names one version of {artifactKey}, and can be moved.</p>
      {own.length > 0 && (
        <ul aria-label={`Labels of v${version}`} className="mt-3 divide-y divide-line border-line border-y">
          {own.map((each) => (
            <li key={each.label} className="flex min-h-10 items-center gap-x-2 py-1 text-sm">
              <Tag aria-hidden className="size-3.5 shrink-0 text-faint" />
              <span className="min-w-0 flex-1">
                <span className="break-all font-medium">{each.label}</span>
                {each.protected && (
                  <span className="text-faint text-xs"> {isFixed(each) ? PROTECTED : "protected"}</span>
                )}
              </span>
              <Button
                look="quiet"
                disabled={isFixed(each) || labelling.isPending}
                title={isFixed(each) ? PROTECTED : undefined}
                onClick={() => change(each.label, null, version)}
              >
                Remove<span className="sr-only"> {each.label}</span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={handleSubmit} className="mt-4 flex flex-col gap-3">
        <label htmlFor={`${id}-name`} className="flex flex-col gap-1 font-medium text-sm">
          Label
          <TextField
            ref={field}
            id={`${id}-name`}
            value={name}
            maxLength={64}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            placeholder="production"
            aria-describedby={`${id}-effect`}
            onChange={({ target }) => {
              labelling.clear();
              setName(target.value);
            }}
            className="w-full font-normal"
          />
        </label>
        {others.length > 0 && (
          <div className="flex max-h-28 flex-wrap gap-1.5 overflow-y-auto">
            {others.map((each) => (
              <Button
                key={each.label}
                aria-pressed={name === each.label}
                disabled={isFixed(each)}
                title={isFixed(each) ? PROTECTED : undefined}
                className="max-w-full aria-pressed:border-accent"
                onClick={() => {
                  labelling.clear();
                  setName(each.label);
                }}
              >
                <span className="min-w-0 truncate">{each.label}</span>
                <span className="font-normal text-faint">v{each.version}</span>
                {isFixed(each) && <span className="font-normal text-faint text-xs">protected</span>}
              </Button>
            ))}
          </div>
        )}
        <ReasonField value={reason} onChange={setReason} />
        <p id={`${id}-effect`} role="status" className="min-h-5 break-words text-soft text-sm">
          {effectText(name, current, version)}
        </p>
        {labelling.conflict !== null && (
          <Notice
            tone="danger"
            action={
              <Button
                onClick={() => {
                  labelling.clear();
                  refetch();
                }}
              >
                Reload
              </Button>
            }
          >
            {labelling.conflict}
          </Notice>
        )}
        <FormButtons onCancel={onClose} disabled={!isSettable || labelling.isPending}>
          {current === null || current === version ? "Set label" : "Move label"}
        </FormButtons>
      </form>
    </Modal>
  );
}

/** What setting a label would do, or why it cannot be set. */
function effectText(name: string, current: number | null, version: number): string {
  if (name === "") return "";
  if (name === "latest") return "latest always names the latest version.";
  if (!LABEL_NAME.test(name)) return "A label begins with a letter, and has lowercase letters, digits and dashes.";
  if (current === version) return `${name} is v${version} already.`;
  return current === null ? `${name} is set to v${version}.` : `${name} moves from v${current} to v${version}.`;
}
