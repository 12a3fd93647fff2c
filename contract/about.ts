import { z } from "zod";
import { MAX_DESCRIPTION } from "./limits";
import { TagSet } from "./tag";
import { Key, name, Reason, Timestamp, text } from "./value";

/** How many links the facts of a key can have. */
export const MAX_LINKS = 20;

const LINK_PROTOCOLS = new Set(["http:", "https:", "mailto:"]);

/** An address that a page can link to: nothing else than web pages and mail. */
const LinkUrl = text(2048)
  .min(1)
  .refine((url) => URL.canParse(url) && LINK_PROTOCOLS.has(new URL(url).protocol), {
    error: "must be an address that begins with https://, http:// or mailto:",
  });

const AboutLink = z.strictObject({ url: LinkUrl, text: name(100).nullish() });

/**
 * The facts of a key to change: absent fields stay, null clears. `ifUpdated` is the `updated` of the facts that the change is
 * based on, null where the key has none; other facts are a CONFLICT with `current`.
 */
export const CollectionUpdate = z.strictObject({
  key: Key,
  title: name(200).nullish(),
  description: text(MAX_DESCRIPTION).nullish(),
  owner: name(200).nullish(),
  links: z.array(AboutLink).max(MAX_LINKS).nullish(),
  tags: TagSet.nullish(),
  ifUpdated: Timestamp.nullable().optional(),
  reason: Reason.nullish(),
});
export type CollectionUpdate = z.infer<typeof CollectionUpdate>;

/** A page about a key; without a text, its address is shown. */
export interface Link {
  url: string;
  text: string | null;
}

/**
 * The facts of a key itself, which all of its versions share. They stay when its versions are deleted and restored, and are
 * deleted when the last of them is deleted permanently.
 */
export interface About {
  title: string | null;
  description: string | null;
  owner: string | null;
  links: Link[];
  tags: string[];
  updated: string;
}
