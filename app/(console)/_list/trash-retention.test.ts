import { expect, it } from "vitest";
import { permanentDeletionOf, restorableText, retentionText, timeUntil } from "./trash-retention";

it.each([
  [30, "You can restore them for 30 days.", "Deleted items stay here for 30 days."],
  [1, "You can restore them for 1 day.", "Deleted items stay here for 1 day."],
  [0, "You can restore them at any time.", "Deleted items stay here until you delete them permanently."],
])("describes a retention of %i days", (days, restorable, retention) => {
  expect(restorableText(days, 2)).toBe(restorable);
  expect(restorableText(days, 1)).toBe(restorable.replace("them", "it"));
  expect(retentionText(days)).toBe(retention);
});

it.each([
  [0, "in 30 days"],
  [1, "in 30 days"],
  [86_400, "in 29 days"],
  [48 * 3600 + 1, "in 28 days"],
  [29 * 86_400 - 1, "in 2 days"],
  [29 * 86_400, "in 24 hours"],
  [29 * 86_400 + 1, "in 24 hours"],
  [30 * 86_400 - 3601, "in 2 hours"],
  [30 * 86_400 - 3600, "within an hour"],
  [31 * 86_400, "within an hour"],
])("says %i s after the deletion when it is permanent", (seconds, text) => {
  const removed = "2026-11-01T10:00:01.500Z";
  const deletion = permanentDeletionOf(removed, 30);
  expect(deletion).toBe("2026-12-01T10:00:01.500Z");
  expect(timeUntil(deletion ?? "", Date.parse(removed) + seconds * 1000)).toBe(text);
});

it("has no permanent deletion without a retention", () => {
  expect(permanentDeletionOf("2026-11-01T10:00:01Z", 0)).toBeNull();
});
