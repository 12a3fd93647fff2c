import { expect, it } from "vitest";
import { restorableText, retentionText } from "./trash-retention";

it.each([
  [30, "You can restore them for 30 days.", "Deleted items stay here for 30 days."],
  [1, "You can restore them for 1 day.", "Deleted items stay here for 1 day."],
  [0, "You can restore them at any time.", "Deleted items stay here until you delete them permanently."],
])("describes a retention of %i days", (days, restorable, retention) => {
  expect(restorableText(days)).toBe(restorable);
  expect(retentionText(days)).toBe(retention);
});
