import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isNew, parseVisit, type Visit, visitAt, withSeen } from "./visit";

const at = (minute: number) => new Date(Date.UTC(2026, 10, 29, 9, minute));
const row = (key: string | null, minute: number) => ({ key, created: at(minute).toISOString() });

describe("a visit", () => {
  it("has nothing new at first, then what is published", () => {
    const visit = visitAt(at(10), null);
    expect(isNew(visit, row("a", 9))).toBe(false);
    expect(isNew(visit, row("a", 11))).toBe(true);
    expect(isNew(visit, row("constructor", 11))).toBe(true);
    expect(isNew(visit, row(null, 11))).toBe(true);
  });

  it("goes on for half an hour, after which what came since its end is new", () => {
    const first = visitAt(at(0), null);
    const same = visitAt(at(29), first);
    expect(same.since).toBe(first.since);
    const next = visitAt(at(60), same);
    expect(next.since).toBe(same.until);
    expect([isNew(next, row("a", 28)), isNew(next, row("a", 30))]).toEqual([false, true]);
  });

  it("has no news of a version that was opened, until there is a newer one", () => {
    const visit = withSeen(visitAt(at(0), null), row("a", 5));
    expect([4, 5, 6].map((minute) => isNew(visit, row("a", minute)))).toEqual([false, false, true]);
    expect(isNew(visit, row("b", 5))).toBe(true);
    expect(withSeen(visit, row("a", 4))).toBe(visit);
    expect(visitAt(at(60), visit).seen).toEqual({});
  });

  it("keeps the last 500 opened keys", () => {
    let visit = visitAt(at(0), null);
    for (let n = 0; n < 600; n += 1) visit = withSeen(visit, row(`k${n}`, 5));
    expect(Object.keys(visit.seen)).toHaveLength(500);
    expect(isNew(visit, row("k599", 5))).toBe(false);
  });
});

describe("a stored visit", () => {
  it("reads back", () => {
    const time = fc.date({ noInvalidDate: true }).map((date) => date.toISOString());
    const visit = fc.record<Visit>({
      since: time,
      until: time,
      seen: fc.dictionary(fc.stringMatching(/^[a-z0-9-]+$/), time, { noNullPrototype: true }),
    });
    fc.assert(
      fc.property(visit, (each) => {
        expect(parseVisit(JSON.stringify(each))).toEqual({ ...each });
      }),
    );
  });

  it.each([null, "", "[]", "1", "null", '{"since":"x","until":"2026-11-29","seen":{}}', '{"since":"2026-11-29"}'])(
    "is ignored where it is not valid: %s",
    (text) => {
      expect(parseVisit(text)).toBeNull();
    },
  );

  it("loses only what is not valid among the opened keys", () => {
    const text = '{"since":"2026-11-29","until":"2026-11-29","seen":{"a":1,"b":"2026-11-29"}}';
    expect(parseVisit(text)?.seen).toEqual({ b: "2026-11-29" });
  });
});
