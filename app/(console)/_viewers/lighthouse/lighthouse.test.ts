import { expect, it } from "vitest";
import { isLighthouse, readLighthouse } from "./lighthouse";

it("reads the scores of categories and their audits", () => {
  const data = {
    lighthouseVersion: "12.0.0",
    finalDisplayedUrl: "https://example.com/",
    categories: {
      performance: { title: "Performance", score: 0.93, auditRefs: [{ id: "lcp" }, { id: "missing" }, 5] },
      seo: { title: "SEO", score: null },
    },
    audits: { lcp: { title: "Largest Contentful Paint", score: 0.8, displayValue: "2.1 s" }, unused: { title: "No" } },
  };
  expect(isLighthouse(data)).toBe(true);
  expect(readLighthouse(data)).toEqual({
    url: "https://example.com/",
    categories: [
      { title: "Performance", score: 0.93 },
      { title: "SEO", score: null },
    ],
    total: 1,
    audits: [{ category: "Performance", title: "Largest Contentful Paint", score: 0.8, value: "2.1 s" }],
  });
});

it.each([[null], [[]], [{ lighthouseVersion: "1" }], [{ lighthouseVersion: 1, categories: {}, audits: {} }]])(
  "is empty for other data: %j",
  (data) => {
    expect(isLighthouse(data)).toBe(false);
    expect(readLighthouse(data)).toEqual({ url: "", categories: [], total: 0, audits: [] });
  },
);
