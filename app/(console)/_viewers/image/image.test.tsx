import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { artifactRow } from "#test/artifact-row";
import { ArtifactImage } from "./image";
import { altOf } from "./image-view";

const render = (src: string, inline = false) =>
  renderToStaticMarkup(<ArtifactImage src={src} alt="A dot" inline={inline} />);

describe("an image", () => {
  it.each(["data:image/png;base64,AAAA", "DATA:image/svg+xml,x", "/api/artifacts/1/data?as=file", "/x.png"])(
    "from this server or with its own data is shown: %s",
    (src) => {
      expect(render(src)).toContain(`src="${src}"`);
      expect(render(src)).toContain('alt="A dot"');
    },
  );

  it.each([
    ["https://example.org/a.png", "example.org"],
    ["http://example.org:8080/a.png", "example.org:8080"],
    ["//example.org/a.png", "example.org"],
    ["https://user@example.org/a.png", "example.org"],
  ])("from another host is not loaded: %s", (src, host) => {
    for (const inline of [false, true]) {
      expect(render(src, inline)).not.toContain("<img");
      expect(render(src, inline)).toContain(`Show images from ${host}: A dot`);
    }
  });

  it("without an address has a message", () => {
    expect(render("")).toContain("This image has no valid address: A dot");
  });
});

describe("altOf", () => {
  it.each([
    [{ metadata: { alt: "words" }, description: "description" }, "words"],
    [{ metadata: { alt: "" } }, ""],
    [{ metadata: { alt: 5 }, description: "description" }, "description"],
    [{ description: null }, "report"],
    [{ key: null, version: null }, "Image"],
  ])("of %j is %j", (fields, alt) => {
    expect(altOf(artifactRow(fields))).toBe(alt);
  });
});
