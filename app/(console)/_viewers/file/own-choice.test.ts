import { expect, it } from "vitest";
import { OwnViewers } from "../own/own-viewers";
import { chooseFileViewer } from "./registry";

it("a file that is too large for a viewer of the operator has the built-in one", () => {
  OwnViewers({
    of: [{ name: "own", types: [], mediaTypes: ["image/png"], extensions: [], maxSize: 10 }],
    children: null,
  });
  const viewerOf = (size: number, viewer?: string) =>
    chooseFileViewer(
      { type: "file", metadata: viewer === undefined ? null : { viewer } },
      { path: "a.png", mediaType: "image/png", size, sha256: "" },
    ).viewer?.name;
  expect([viewerOf(10), viewerOf(11), viewerOf(11, "own")]).toEqual(["own", "image", "own"]);
  OwnViewers({ of: [], children: null });
});
