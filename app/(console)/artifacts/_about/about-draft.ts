import type { About, CollectionUpdate, Link } from "#contract/about";
import type { Event } from "#contract/event";
import type { Json } from "#contract/json";
import { type TagDraft, typedTags } from "../_tags/tag-changes";

/** The facts of a key in a form, without nulls. */
export interface AboutDraft {
  title: string;
  owner: string;
  description: string;
  tags: TagDraft;
  links: Link[];
}

export function draftOf(about: About | null): AboutDraft {
  const { title, owner, description, tags = [], links = [] } = about ?? {};
  return { title: title ?? "", owner: owner ?? "", description: description ?? "", tags: { tags, text: "" }, links };
}

/** The fields that differ from what the form began with, as the API takes them. */
export function changesOf(draft: AboutDraft, about: About | null): Partial<Omit<About, "updated">> {
  const before = draftOf(about);
  const links = draft.links
    .map(({ url, text }) => ({ url: url.trim(), text: text?.trim() || null }))
    .filter(({ url }) => url !== "");
  const tags = typedTags(draft.tags).sort();
  const text = (value: string) => value.trim() || null;
  return {
    ...(text(draft.title) !== text(before.title) && { title: text(draft.title) }),
    ...(text(draft.owner) !== text(before.owner) && { owner: text(draft.owner) }),
    ...(draft.description !== before.description && { description: text(draft.description) && draft.description }),
    ...(!isSame(tags, before.tags.tags) && { tags }),
    ...(!isSame(links, before.links) && { links }),
  };
}

/** What the form has, with what others changed meanwhile in the fields that it did not change. */
export function rebased(draft: AboutDraft, about: About | null, current: About | null): AboutDraft {
  const changed = changesOf(draft, about);
  const now = draftOf(current);
  return {
    title: "title" in changed ? draft.title : now.title,
    owner: "owner" in changed ? draft.owner : now.owner,
    description: "description" in changed ? draft.description : now.description,
    tags: "tags" in changed ? draft.tags : now.tags,
    links: "links" in changed ? draft.links : now.links,
  };
}

/** The facts before a recorded change of them; null where the event has only a part of those. */
export function factsBefore({ verb, before }: Pick<Event, "verb" | "before">): Partial<CollectionUpdate> | null {
  if (verb !== "collection.update" || !before || "cut" in before) return null;
  const { title, description, owner, links, tags } = before;
  return {
    ...(isText(title) && { title }),
    ...(isText(description) && { description }),
    ...(isText(owner) && { owner }),
    ...(Array.isArray(tags) && { tags: tags.filter((tag) => typeof tag === "string") }),
    ...(Array.isArray(links) && { links: links.flatMap(linkOf) }),
  };
}

function isText(value: Json | undefined): value is string | null {
  return value === null || typeof value === "string";
}

function linkOf(value: Json): Link[] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [];
  const { url, text = null } = value;
  return typeof url === "string" && isText(text) ? [{ url, text }] : [];
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
