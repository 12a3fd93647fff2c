import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { MetadataList } from "./metadata-list";

it("shows addresses as links, text with its lines, and empty text as such", () => {
  const metadata = { page: "https://example.org/a", note: "line one\nline two", gap: "", spaces: "  ", rows: 12 };
  const html = renderToStaticMarkup(<MetadataList metadata={metadata} />);
  expect(html).toMatch(/href="https:\/\/example\.org\/a"[^>]*rel="noopener noreferrer nofollow"/);
  expect(html).toMatch(/whitespace-pre-wrap[^>]*>line one\nline two</);
  expect(html).toContain(">empty text<");
  expect(html).toContain(">only spaces<");
  expect(html).toMatch(/font-mono[^>]*>12</);
});
