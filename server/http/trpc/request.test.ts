import { expect, it } from "vitest";
import { procedures } from "#server/routers/procedures";
import { takesData } from "./request";

it("finds the procedures whose bodies may be large", () => {
  const names = [...procedures.keys()].filter(takesData);
  expect(names).toEqual(["artifact.create", "artifact.createMany", "artifact.update", "admin.import"]);
});
