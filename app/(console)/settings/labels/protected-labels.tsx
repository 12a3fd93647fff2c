"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { Tag } from "lucide-react";
import { type FormEvent, useState } from "react";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { toast } from "#app/_ui/toast";
import { LABEL_NAME } from "#contract/limits";
import { Section } from "../section";
import { protectedQuery } from "./queries";

export function ProtectedLabels() {
  const { data: labels } = useSuspenseQuery(protectedQuery(useApi()));
  const [name, setName] = useState("");
  const protect = useProtect();
  const problem = problemOf(name, labels);
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault();
    if (name === "" || problem !== null || protect.isPending) return;
    const text = `Protected ${name}`;
    protect.set([...labels, name], { text, undo: labels, onSuccess: () => setName("") });
  };
  return (
    <Section
      title="Protected labels"
      about="Only the role admin may set, move and remove a protected label, of any key, and delete or replace the data of the version that has it."
    >
      <form onSubmit={handleSubmit} className="mb-4">
        <div className="flex max-w-md gap-2">
          <TextField
            aria-label="Label"
            aria-describedby="label-problem"
            aria-invalid={problem !== null || undefined}
            value={name}
            maxLength={64}
            spellCheck={false}
            autoComplete="off"
            autoCapitalize="none"
            placeholder="production"
            onChange={({ target }) => setName(target.value)}
            className="min-w-0 flex-1"
          />
          <Button type="submit" disabled={name === "" || problem !== null || protect.isPending}>
            Protect label
          </Button>
        </div>
        <p id="label-problem" role="status" className="mt-1 min-h-4 text-danger text-xs">
          {problem}
        </p>
      </form>
      {labels.length > 0 ? (
        <ul aria-label="Protected labels" className="divide-y divide-line rounded-lg border bg-surface">
          {labels.map((label) => (
            <li key={label} className="flex min-h-11 items-center gap-2.5 py-1 pr-2 pl-4 text-sm">
              <Tag aria-hidden className="size-3.5 shrink-0 text-faint" />
              <span className="min-w-0 flex-1 wrap-anywhere font-medium">{label}</span>
              <Button
                look="quiet"
                disabled={protect.isPending}
                onClick={() =>
                  protect.set(
                    labels.filter((each) => each !== label),
                    { text: `${label} is not protected any more`, undo: labels },
                  )
                }
              >
                Remove<span className="sr-only"> protection of {label}</span>
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <div className="rounded-lg border border-edge border-dashed px-4 py-12 text-center text-sm text-soft">
          <h3 className="mb-1 font-medium text-base text-ink">No protected labels</h3>
          <p>Everyone with the role write may move every label.</p>
        </div>
      )}
    </Section>
  );
}

/** Why a label cannot be protected; null for none yet, and where it can. */
function problemOf(name: string, labels: string[]): string | null {
  if (name === "") return null;
  if (name === "latest") return "latest always names the latest version.";
  if (!LABEL_NAME.test(name)) return "A label begins with a letter, and has lowercase letters, digits and dashes.";
  return labels.includes(name) ? `${name} is protected already.` : null;
}

/** Replaces the list, and offers the former one in the toast. */
function useProtect() {
  const refresh = useRefresh();
  const mutation = useMutation(useApi().admin.protectLabels.mutationOptions({ onError: toastError }));
  const set = async (
    labels: string[],
    { text, undo, onSuccess }: { text: string; undo?: string[]; onSuccess?: () => void },
  ): Promise<void> => {
    // The page may be left by then, and callbacks of `mutate` with it.
    const done = await mutation.mutateAsync({ labels }).catch(() => null);
    if (!done) return;
    const action = undo && { label: "Undo", run: () => set(undo, { text: "Undone" }) };
    toast(text, action && { action });
    refresh();
    onSuccess?.();
  };
  return { set, isPending: mutation.isPending };
}
