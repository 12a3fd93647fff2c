import { describe, expect, it } from "vitest";
import { listedImages } from "./listed-images";

describe("the images of a list", () => {
  it("have URLs and texts", () => {
    expect(
      listedImages(["data:image/png;base64,AA", { url: "/a.png", alt: "A" }, { url: "https://a/b", alt: 1 }]),
    ).toEqual([
      { url: "data:image/png;base64,AA", alt: "" },
      { url: "/a.png", alt: "A" },
      { url: "https://a/b", alt: "" },
    ]);
  });

  it.each([[[]], ["/a.png"], [["/a.png", "javascript:alert(1)"]], [[{ alt: "A" }]], [[null]], [[["/a.png"]]], [null]])(
    "are not in %j",
    (data) => {
      expect(listedImages(data)).toBeNull();
    },
  );
});
