import { z } from "zod";
import { LABEL_NAME, MAX_LIST } from "./limits";
import { Key, Reason } from "./value";

/** The label that always names the latest version. */
export const LATEST = "latest";

/** How many labels a key can have. */
export const MAX_LABELS = 100;

/** A name that reads a version: unlike a number, it begins with a letter. `latest` is the latest version. */
export const LabelName = z
  .string()
  .regex(LABEL_NAME, "must begin with a letter, and contain at most 64 lowercase letters, digits and dashes");

/** A label that can be set. */
export const Label = LabelName.refine((label) => label !== LATEST, {
  error: "must not be latest, which always names the latest version",
});

/**
 * Sets a label of a key to a version, or removes it with `version: null`. `ifVersion` is the version that it names now, null
 * where it is not set; another one is a CONFLICT with `current`.
 */
export const CollectionLabel = z.strictObject({
  key: Key,
  label: Label,
  version: z.int().min(1).nullable(),
  ifVersion: z.int().min(1).nullable().optional(),
  reason: Reason.nullish(),
});
export type CollectionLabel = z.infer<typeof CollectionLabel>;

/** Labels that may be lost by a deletion. */
export const Forced = z.array(Label).max(MAX_LIST).optional();

/** Input of `admin.protectLabels`: all labels that only the role admin may set and remove. */
export const ProtectLabels = z.strictObject({ labels: z.array(Label).max(100), reason: Reason.nullish() });
export type ProtectLabels = z.infer<typeof ProtectLabels>;

/** A label of a key, and the version that it names. */
export interface VersionLabel {
  key: string;
  label: string;
  version: number;
}

/** What a label names now, and what it named before; null where it is not set. */
export interface LabelChange {
  key: string;
  label: string;
  version: number | null;
  previous: number | null;
}

/** A label of a key, when it was set, and whether only the role admin may move it. */
export interface LabelOfKey extends VersionLabel {
  id: string;
  updated: string;
  protected: boolean;
}
