import { NuqsTestingAdapter } from "nuqs/adapters/testing";
import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { Json } from "#contract/json";
import { artifactRow } from "#test/artifact-row";
import { GenericViewer } from "./generic-viewer";
import { LinkCard } from "./link-card";
import { Progress } from "./progress";
import { TableViewer } from "./table-viewer";

function NoPart() {
  return null;
}

const props = (type: string | null, text: string) => {
  const data: Json = JSON.parse(text);
  return { artifact: artifactRow({ type }), data, text, Part: NoPart };
};

describe("GenericViewer", () => {
  it("shows a string as text and other data as a tree", () => {
    expect(renderToStaticMarkup(<GenericViewer {...props("json", '"a <b>"')} />)).toContain("a &lt;b&gt;");
    expect(renderToStaticMarkup(<GenericViewer {...props("json", '{"a":1.0}')} />)).toMatch(/role="tree".*1\.0/);
  });

  it("explains why data does not show as its type", () => {
    expect(renderToStaticMarkup(<GenericViewer {...props("progress", '"half"')} />)).toContain("shown as text.");
    expect(renderToStaticMarkup(<GenericViewer {...props("markdown", "[1]")} />)).toContain("shown as JSON.");
    expect(renderToStaticMarkup(<GenericViewer {...props("table", "true")} />)).toContain("valid table data");
    expect(renderToStaticMarkup(<GenericViewer {...props("custom", "[1]")} />)).not.toContain("shown as");
  });
});

describe("TableViewer", () => {
  const table = (text: string, searchParams = "") =>
    renderToStaticMarkup(
      <NuqsTestingAdapter searchParams={searchParams}>
        <TableViewer {...props("table", text)} />
      </NuqsTestingAdapter>,
    );

  it("shows a table with its size", () => {
    expect(table('[["a"],[1],[2]]')).toContain("2 rows, 1 column");
  });

  it("shows a table as Prefect stores it, with numbers that JSON does not have", () => {
    const markup = table(JSON.stringify('[{"a": Infinity}, {"a": NaN}, {"a": 1.5}]'));
    expect(markup).toContain("3 rows, 1 column");
    expect(markup).toMatch(/text-right[^>]*>Infinity</);
  });

  it("is searched, sorted and filtered by the URL", () => {
    const query = "?table-search=x&table-sort=n.desc&table-filter=%7B%22n%22%3A%22%3E+1%22%7D";
    const markup = table('[{"k":"x","n":1},{"k":"x","n":2},{"k":"x","n":3},{"k":"y","n":4}]', query);
    expect(markup).toContain("2 of 4 rows");
    expect(markup.indexOf(">3<")).toBeLessThan(markup.indexOf(">2<"));
    expect(markup).toContain('value="&gt; 1"');
  });
});

describe("LinkCard", () => {
  it.each(["https://example.org/a", "http://example.org/", "mailto:a@example.org"])(
    "links %s without a referrer",
    (url) => {
      const markup = renderToStaticMarkup(<LinkCard url={url} text="The report" />);
      expect(markup).toContain(`href="${url}"`);
      expect(markup).toContain('rel="noopener noreferrer nofollow"');
      expect(markup).toContain("The report");
    },
  );

  it.each(["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", ""])(
    "does not link %j",
    (url) => {
      const markup = renderToStaticMarkup(<LinkCard url={url} text="The report" />);
      expect(markup).not.toContain("<a");
      expect(markup).toContain("Link disabled: only http, https and mailto URLs open.");
    },
  );
});

describe("Progress", () => {
  const render = (value: number) =>
    renderToStaticMarkup(<Progress value={value} updated="2026-01-01T00:00:00.000000Z" />).replace(/<[^>]*>/g, "");

  it("shows the value with one decimal, and when it is done", () => {
    expect(render(12.345)).toMatch(/^12\.3%Updated /);
    expect(render(0)).toMatch(/^0%Updated /);
    expect(render(100)).toMatch(/^100%Done /);
    expect(render(140)).toMatch(/^140%Done /);
  });
});
