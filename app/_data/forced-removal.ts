"use client";

import { requestConfirmation } from "#app/_ui/confirm";
import type { ErrorDetails } from "#contract/error";
import { formatCount, pluralize } from "#formats/number";
import { toApiError } from "./error";
import { toastError } from "./mutation";

type Labels = NonNullable<ErrorDetails["labels"]>;

const MOST_LISTED = 10;

/** Handles the error of a deletion: where labels would be lost, asks, and then repeats it with these in `force` too. */
export function handleRemovalError<
  Removal extends { force?: string[] | undefined; reason?: string | null | undefined },
>(error: unknown, removal: Removal, repeat: (forced: Removal) => void): void {
  const { labels } = toApiError(error);
  if (!labels) {
    toastError(error);
    return;
  }
  requestConfirmation({
    title: versionsOf(labels) === 1 ? "Delete a labelled version?" : "Delete labelled versions?",
    text: labelledText(labels),
    confirm: "Delete anyway",
    withReason: !removal.reason,
    run: (why) => repeat({ ...removal, ...why, force: [...(removal.force ?? []), ...namesOf(labels)] }),
  });
}

export function namesOf(labels: Labels): string[] {
  return [...new Set(labels.map(({ label }) => label))];
}

function versionsOf(labels: Labels): number {
  return new Set(labels.map(({ key, version }) => `${key}@${version}`)).size;
}

/** Says which versions have which labels, and what becomes of these. */
export function labelledText(labels: Labels): string {
  const [first] = labels;
  const lost = `${labels.length === 1 ? "The label is" : "The labels are"} removed with ${versionsOf(labels) === 1 ? "it" : "them"}; Undo sets ${labels.length === 1 ? "it" : "them"} again.`;
  if (first && versionsOf(labels) === 1) {
    const names = labels.map(({ label }) => label).join(", ");
    return `v${first.version} of ${first.key} has the ${labels.length === 1 ? "label" : "labels"} ${names}. ${lost}`;
  }
  const listed = labels.slice(0, MOST_LISTED).map(({ key, version, label }) => `${label} (v${version} of ${key})`);
  const more = labels.length > MOST_LISTED ? ` and ${formatCount(labels.length - MOST_LISTED)} more` : "";
  return `${pluralize(labels.length, "label")} would be lost: ${listed.join(", ")}${more}. ${lost}`;
}
