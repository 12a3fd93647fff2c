import { expect, it } from "vitest";
import type { About } from "#contract/about";
import { changesOf, draftOf, factsBefore, rebased } from "./about-draft";

const ABOUT: About = {
  title: "Sales",
  description: "By region",
  owner: null,
  links: [{ url: "https://example.com", text: null }],
  tags: ["eu", "finance"],
  updated: "2026-01-01T00:00:00.000000Z",
};

it("sends only what was changed, empty texts as null", () => {
  expect(changesOf(draftOf(ABOUT), ABOUT)).toEqual({});
  expect(changesOf(draftOf(null), null)).toEqual({});
  const draft = {
    ...draftOf(ABOUT),
    title: " ",
    owner: " Ann ",
    description: "",
    tags: { tags: ["finance", "eu"], text: " " },
  };
  expect(changesOf(draft, ABOUT)).toEqual({ title: null, owner: "Ann", description: null });
  const links = [...ABOUT.links, { url: " ", text: "empty" }, { url: " https://b.example ", text: " B " }];
  expect(changesOf({ ...draftOf(ABOUT), tags: { tags: [], text: "new" }, links }, ABOUT)).toEqual({
    tags: ["new"],
    links: [...ABOUT.links, { url: "https://b.example", text: "B" }],
  });
});

it("keeps what the form changed, and takes the rest from the facts of now", () => {
  const draft = { ...draftOf(ABOUT), title: "Mine", tags: { tags: ["mine"], text: "" } };
  const current = { ...ABOUT, title: "Theirs", owner: "Bob", links: [] };
  expect(rebased(draft, ABOUT, current)).toEqual({ ...draft, owner: "Bob", links: [] });
});

it("reads the facts before a change from its event, unless that has only a part of them", () => {
  const { updated, ...facts } = ABOUT;
  const before = { title: "Sales", owner: null, tags: facts.tags, links: [{ url: "https://example.com", text: null }] };
  expect(factsBefore({ verb: "collection.update", before })).toEqual(before);
  expect(factsBefore({ verb: "collection.update", before: { ...before, cut: ["description"] } })).toBe(null);
  expect(factsBefore({ verb: "collection.label", before: { label: "a" } })).toBe(null);
});
