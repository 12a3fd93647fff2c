import { describe, expect, it } from "vitest";
import { dateFormOf, dateIn } from "./date-form";
import { isMissing } from "./quantity";

/** The dates of a column of texts in ISO form; null where it is not one of dates. */
function dates(...texts: string[]): string[] | null {
  const form = dateFormOf(texts, isMissing);
  return form && texts.map((text) => new Date(dateIn(text, form)).toISOString().replace(/T00:00:00.000Z$/, ""));
}

describe("a column of texts that are dates", () => {
  it.each<[title: string, texts: string[], iso: string[]]>([
    ["ISO 8601", ["2026-01-31", "2026-02-01T10:00+02:00"], ["2026-01-31", "2026-02-01T08:00:00.000Z"]],
    ["seconds with a fraction", ["2026-01-31 10:00:00,5Z"], ["2026-01-31T10:00:00.500Z"]],
    ["slashes, year first", ["2026/1/31", "2026/12/01"], ["2026-01-31", "2026-12-01"]],
    ["day first by points", ["31.01.2026", "1.2.2026"], ["2026-01-31", "2026-02-01"]],
    ["day first by slashes", ["31/01/2026", "01/02/2026 14:30"], ["2026-01-31", "2026-02-01T14:30:00.000Z"]],
    ["month first", ["01/31/2026", "2/1/2026 2:30 PM"], ["2026-01-31", "2026-02-01T14:30:00.000Z"]],
    ["names of months", ["31 Jan 2026", "1 February 2026"], ["2026-01-31", "2026-02-01"]],
    ["names of months first", ["January 31, 2026", "Feb 1st, 2026"], ["2026-01-31", "2026-02-01"]],
    ["dates of HTTP", ["Sat, 31 Jan 2026 10:00:00 GMT"], ["2026-01-31T10:00:00.000Z"]],
    [
      "midnight and noon",
      ["01/31/2026 12:05 am", "01/31/2026 12:05 pm"],
      ["2026-01-31T00:05:00.000Z", "2026-01-31T12:05:00.000Z"],
    ],
  ])("%s", (_, texts, iso) => {
    expect(dates(...texts)).toEqual(iso);
  });

  it.each([
    ["an uncertain order of day and month", ["01/02/2026", "03/04/2026"]],
    ["two forms", ["31.01.2026", "2026-01-31"]],
    ["days that do not exist", ["2026-02-30"]],
    ["words", ["2026-01-31", "later"]],
    ["nothing", ["", "n/a"]],
  ])("is not recognized in %s", (_, texts) => {
    expect(dates(...texts)).toBeNull();
  });

  it("reads ISO 8601 beside the form of the column", () => {
    const form = dateFormOf(["31.01.2026", ""], isMissing);
    expect(form && dateIn("2026-01-31", form)).toBe(Date.UTC(2026, 0, 31));
  });
});
