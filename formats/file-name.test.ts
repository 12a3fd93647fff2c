import { expect, test } from "vitest";
import { fileNameOf, filePathOf } from "./file-name";

const ID = "0199b3c8-0000-7000-8000-000000000001";

test.each([
  [null, null, ID, ID],
  ["daily", 3, "daily-v3", "daily-v3"],
  ["reports/2026.q1/a_b", 12, "reports_2026.q1_a_b-v12", "reports/2026.q1/a_b-v12"],
  [`${"a".repeat(250)}/b`, 1, `${"a".repeat(200)}-v1`, `${"a".repeat(200)}/b-v1`],
])("the file of %s@%s", (key, version, name, path) => {
  expect(fileNameOf({ id: ID, key, version })).toBe(name);
  expect(filePathOf({ id: ID, key, version })).toBe(path);
});
