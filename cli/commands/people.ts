import type { Person } from "#contract/person";
import { pluralize } from "#formats/number";
import { headedColumns, localTime, oneLine } from "../artifacts/format";
import { type CommandContext, command } from "../runtime/command";
import { confirm } from "../terminal/confirm";
import { notFoundError, usageError } from "../terminal/error";
import type { Output } from "../terminal/output";

/** How many people one request lists. */
const BATCH = 200;

export const people = command({
  name: "people",
  summary: "Manage people: list, sign out and delete them",
  synopsis: "[action] [person]",
  argCount: [0, 2],
  complete: [["sign-out", "delete"], []],
  options: {
    reason: { type: "string", value: "TEXT", help: "Why, for the history" },
    yes: { type: "boolean", short: "y", default: false, help: "Sign out or delete without asking" },
  },
  details: `Without an action, lists everyone who signed in by OpenID Connect, with the role of their last sign-in. sign-out
ends all sessions of somebody, and delete also deletes their name and e-mail address; name them by e-mail
address, name or id. Requires the role admin. Roles are those that VITRINE_OIDC_ROLES of the server gives to
groups: take away the group at the provider, or somebody who signs in again has it again.`,
  examples: ["vitrine people", 'vitrine people sign-out ann@example.com --reason "Lost laptop"'],
  async run({ args: [verb, name], values, connection, output, interruption }) {
    const { person } = connection.vitrine;
    const { reason } = values;
    if (verb === undefined) {
      const listed = await listAll(connection);
      return output.result(listed, () => formatPeople(listed, output));
    }
    if (verb !== "sign-out" && verb !== "delete") throw usageError(`Unknown "people ${verb}": use sign-out or delete.`);
    if (name === undefined) throw usageError(`Usage: vitrine people ${verb} <person>.`);
    const found = find(await listAll(connection), name);
    const title = titleOf(found);
    if (verb === "delete") {
      await confirm({ output, interruption }, values.yes, `Delete ${title}?`);
      const removed = await person.remove.mutate({ id: found.id, reason });
      return output.result(removed, () => `Deleted ${title}.`);
    }
    await confirm({ output, interruption }, values.yes, `Sign out ${title} everywhere?`);
    const signedOut = await person.signOut.mutate({ id: found.id, reason });
    const ended = signedOut.sessions === 0 ? "had no sessions" : `ended ${pluralize(signedOut.sessions, "session")}`;
    await output.result(signedOut, () => `Signed out ${title}: ${ended}.`);
  },
});

async function listAll({ vitrine }: CommandContext["connection"]): Promise<Person[]> {
  const listed: Person[] = [];
  for (;;) {
    const some = await vitrine.person.list.query({ limit: BATCH, offset: listed.length });
    listed.push(...some);
    if (some.length < BATCH) return listed;
  }
}

function find(listed: Person[], name: string): Person {
  const found = listed.filter((each) => each.id === name || each.email === name || each.name === name);
  const [only] = found;
  if (!only) throw notFoundError(`There is no person "${oneLine(name)}".`);
  if (found.length === 1) return only;
  const ids = found.map(({ id }) => id).join(", ");
  throw usageError(`"${oneLine(name)}" is more than one person: use one of the ids ${ids}.`);
}

function titleOf({ name, email }: Person): string {
  return email === null || email === name ? oneLine(name) : `${oneLine(name)} (${oneLine(email)})`;
}

function formatPeople(listed: Person[], output: Output): string {
  if (listed.length === 0) return "Nobody has signed in by OpenID Connect.";
  const rows = listed.map(({ id, name, email, role, signedIn }) => [
    oneLine(name),
    oneLine(email ?? ""),
    role,
    localTime(signedIn),
    id,
  ]);
  return headedColumns(["NAME", "E-MAIL", "ROLE", "LAST SIGN-IN", "ID"], rows, output);
}
