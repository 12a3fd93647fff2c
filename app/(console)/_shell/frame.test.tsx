import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Breadcrumb } from "./breadcrumb";
import { PageError } from "./page-error";
import { Segments, Tabs } from "./tabs";

describe("the breadcrumb", () => {
  it("starts at the artifacts and ends with the current page", () => {
    const html = renderToStaticMarkup(
      <Breadcrumb at={[{ name: "sales", href: "/artifacts/key/sales" }, { name: "v2" }]} />,
    );
    expect([...html.matchAll(/href="([^"]+)"/g)].map(([, href]) => href)).toEqual([
      "/artifacts",
      "/artifacts/key/sales",
    ]);
    expect(html).toMatch(/aria-current="page"[^>]*>v2</);
  });

  it("starts at another list", () => {
    const html = renderToStaticMarkup(
      <Breadcrumb list={{ name: "Runs", href: "/runs" }} at={[{ name: "nightly-7" }]} />,
    );
    expect(html).toMatch(/href="\/runs"[^>]*>Runs</);
    expect(html).not.toContain("/artifacts");
  });
});

describe.each([
  ["tabs", Tabs],
  ["segments", Segments],
])("%s", (_, Component) => {
  it("are links, of which one is current", () => {
    const tabs = [
      { name: "Data", href: "/a", current: false },
      { name: "Raw", href: "/a?tab=raw", current: true },
    ];
    const html = renderToStaticMarkup(<Component label="Views" tabs={tabs} />);
    expect(html).toContain('aria-label="Views"');
    expect(html.match(/aria-current="page"/g)).toHaveLength(1);
    expect(html).toMatch(
      /<a[^>]*aria-current="page"[^>]*href="\/a\?tab=raw"|<a[^>]*href="\/a\?tab=raw"[^>]*aria-current="page"/,
    );
  });
});

it("an error page has the message of the error and a link back", () => {
  const error = { code: "TIMEOUT", message: "The search took longer than 2 s." };
  const html = renderToStaticMarkup(<PageError error={error} back={{ href: "/runs", name: "All runs" }} />);
  expect(html).toContain("The search took longer than 2 s.");
  expect(html).toMatch(/href="\/runs"[^>]*>All runs</);
});
