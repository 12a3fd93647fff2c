import { afterAll, beforeAll, expect, test } from "vitest";
import { LOCAL } from "#server/models/author";
import { signInPerson } from "#server/models/person";
import { openShell, type Shell } from "#test/cli";

const SECRET = "the-chief-secret";
let shell: Shell;
beforeAll(async () => {
  shell = await openShell({ apiKeys: [{ name: "chief", role: "admin", secret: SECRET }] });
  await signIn("Ann", "ann@example.com", 2);
  await signIn("Bob", null, 0);
  await signIn("Sam", "sam@example.com", 1);
  await signIn("Sam", "sam@example.org", 1);
});
afterAll(() => shell[Symbol.asyncDispose]());

let count = 0;
async function signIn(name: string, email: string | null, sessions: number): Promise<void> {
  const person = {
    issuer: "https://example.com",
    subject: `${++count}`,
    name,
    email,
    role: "read" as const,
    groups: [],
    idToken: null,
  };
  for (let n = 0; n < Math.max(1, sessions); n++) {
    await signInPerson(shell.server.db, person, { id: `${count}-${n}`, hours: 1 }, LOCAL);
  }
  if (sessions === 0) await shell.server.db.execute(`delete from person_session where id like '${count}-%'`);
}

const env = { VITRINE_API_KEY: SECRET };
const run = (...args: string[]) => shell.run(["people", ...args], { env });
const sessions = () => shell.server.db.execute("select from person_session");

test("people are listed, signed out everywhere, and deleted", async () => {
  expect(await shell.json(["people"], { env })).toMatchObject([
    { name: "Ann", email: "ann@example.com", role: "read" },
    { name: "Bob", email: null },
    { name: "Sam" },
    { name: "Sam" },
  ]);
  expect((await run()).stdout).toMatch(
    /^NAME +E-MAIL +ROLE +LAST SIGN-IN +ID\nAnn +ann@example\.com +read +\S+ \S+ +\S{36}\n/,
  );
  expect(await sessions()).toHaveLength(4);
  expect(await run("sign-out", "ann@example.com")).toMatchObject({ code: 1, stderr: expect.stringContaining("--yes") });
  const stdout = "Signed out Ann (ann@example.com): ended 2 sessions.\n";
  expect(await run("sign-out", "ann@example.com", "--yes", "--reason", "Lost laptop")).toMatchObject({
    code: 0,
    stdout,
  });
  expect(await sessions()).toHaveLength(2);
  expect((await run("sign-out", "Bob", "-y")).stdout).toBe("Signed out Bob: had no sessions.\n");
  const events = await shell.server.db.execute(
    "select reason, after->'sessions' as ended from event where verb = 'person.signOut'",
  );
  expect(events).toEqual([{ reason: "Lost laptop", ended: 2 }]);
  expect(await run("delete", "sam@example.org", "--yes")).toMatchObject({
    code: 0,
    stdout: "Deleted Sam (sam@example.org).\n",
  });
  expect(await shell.json(["people"], { env })).toHaveLength(3);
  expect(await sessions()).toHaveLength(1);
});

test.each([
  [["make"], 2, 'Unknown "people make": use sign-out or delete.'],
  [["delete"], 2, "Usage: vitrine people delete <person>."],
  [["delete", "nobody", "--yes"], 3, 'There is no person "nobody".'],
])("people %j ends with %i", async (args, code, message) => {
  expect(await run(...args)).toMatchObject({ code, stderr: expect.stringContaining(message) });
});

test("of people with one name an id is required", async () => {
  await signIn("Sam", null, 1);
  const { code, stderr } = await run("delete", "Sam", "--yes");
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(/"Sam" is more than one person: use one of the ids \S{36}, \S{36}\./),
  ]);
});
