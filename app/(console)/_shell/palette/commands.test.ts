import { describe, expect, it } from "vitest";
import { paletteCommands, runnableShortcuts, type Sources } from "./commands";
import type { RecentPage } from "./recent";

const NOTHING: Sources = {
  recent: [],
  shortcuts: [],
  views: [],
  artifacts: [],
  described: [],
  content: [],
  flows: [],
  runs: [],
  mayWrite: true,
  mayConfigure: false,
  maySignOut: false,
};
const artifact = (key: string, version = 1, description: string | null = null) => ({
  id: key,
  key,
  version,
  versions: version,
  type: "markdown",
  description,
});

/** The commands for a text, and what running them does. */
function palette(text: string, sources: Partial<Sources>) {
  const opened: [href: string, recent?: RecentPage][] = [];
  const ran: string[] = [];
  const commands = paletteCommands(
    text,
    { ...NOTHING, ...sources },
    {
      open: (href, recent) => opened.push(recent ? [href, recent] : [href]),
      run: (action) => {
        ran.push("closed");
        action();
      },
      begin: (verb) => ran.push(verb),
      copyLink: () => ran.push("copied"),
      setTheme: (theme) => ran.push(theme),
      signOut: () => ran.push("signed out"),
    },
  );
  const choose = (label: string) => commands.find((command) => command.label === label)?.run();
  // What is offered for any text is tested by itself.
  const found = commands.filter(({ group }) => group !== "Actions" && group !== "Lists");
  return {
    commands: found,
    all: commands,
    labels: found.map(({ group, label }) => `${group}: ${label}`),
    choose,
    opened,
    ran,
  };
}

describe("the commands of the palette", () => {
  it("are the pages where there is nothing else", () => {
    expect(palette("", {}).labels).toEqual([
      "Pages: Artifacts",
      "Pages: All versions",
      "Pages: Artifacts without a key",
      "Pages: Changed since you last looked",
      "Pages: Runs",
      "Pages: Trash",
    ]);
  });

  it("have the settings for the role admin", () => {
    expect(palette("settings", {}).labels).toEqual([]);
    const { labels, choose, opened } = palette("settings", { mayConfigure: true });
    expect(labels).toEqual([
      "Pages: Settings: people",
      "Pages: Settings: API keys",
      "Pages: Settings: protected labels",
      "Pages: Settings: audit log",
    ]);
    choose("Settings: API keys");
    expect(opened).toEqual([["/settings/keys"]]);
  });

  it("are listed by group", () => {
    const { commands } = palette("a", {
      runs: [{ id: "1", name: "nightly-a", state: null }],
      artifacts: [[artifact("sales")]],
      views: [{ id: "1", name: "Failed reports at night", isDefault: false }],
      shortcuts: [{ section: "List", key: "X", label: "Extend selection at x", action: () => {} }],
      recent: [{ kind: "key", label: "sea", href: "/artifacts/key/sea" }],
    });
    expect([...new Set(commands.map(({ group }) => group))]).toEqual([
      "Recent",
      "List",
      "Saved views",
      "Pages",
      "Artifacts",
      "Runs",
    ]);
  });

  it("match the text anywhere, in any case and without spaces around it", () => {
    expect(palette(" TRASH ", {}).labels).toEqual(["Pages: Trash"]);
    expect(palette("ver", {}).labels).toEqual(["Pages: All versions"]);
    expect(palette("no such page", {}).labels).toEqual([]);
  });

  it("have artifacts and runs as the server found them, whatever their label", () => {
    const found = { artifacts: [[artifact("sea-level", 3)]], runs: [{ id: "1", name: "nightly", state: null }] };
    const { commands } = palette("xyz", found);
    expect(commands.map(({ label, hint }) => [label, hint])).toEqual([
      ["sea-level", "v3"],
      ["nightly", undefined],
    ]);
  });

  it("list each key once, the most relevant first, and at most eight", () => {
    const first = [artifact("a1"), artifact("a2")];
    const more = [artifact("a2"), ...Array.from({ length: 8 }, (_, index) => artifact(`b-a${index}`))];
    const { labels } = palette("a", { artifacts: [first, more] });
    const artifacts = labels.filter((label) => label.startsWith("Artifacts: "));
    expect(artifacts).toHaveLength(8);
    expect(artifacts.slice(0, 3)).toEqual(["Artifacts: a1", "Artifacts: a2", "Artifacts: b-a0"]);
  });

  it("have ids of their own", () => {
    const { commands } = palette("", {
      recent: [{ kind: "key", label: "sea", href: "/artifacts/key/sea" }],
      views: [{ id: "2", name: "sea", isDefault: true }],
      artifacts: [[artifact("sea")]],
    });
    expect(new Set(commands.map(({ id }) => id)).size).toBe(commands.length);
  });

  it("open artifacts and runs as recent pages", () => {
    const { choose, opened } = palette("s", {
      artifacts: [[artifact("sales")]],
      runs: [{ id: "0199", name: "sync", state: null }],
    });
    choose("sales");
    choose("sync");
    expect(opened).toEqual([
      ["/artifacts/key/sales", { kind: "key", label: "sales", href: "/artifacts/key/sales" }],
      ["/runs/flow-run/0199", { kind: "run", label: "sync", href: "/runs/flow-run/0199" }],
    ]);
  });

  it("open saved views and pages without recording them", () => {
    const { choose, opened } = palette("", { views: [{ id: "3", name: "By key", isDefault: false }] });
    choose("Go to view By key");
    choose("Trash");
    expect(opened).toEqual([["/artifacts/view/3"], ["/trash"]]);
  });

  it("run a shortcut after the palette closed", () => {
    const ran: string[] = [];
    const action = { section: "Version", key: "#", label: "Delete this version", action: () => ran.push("deleted") };
    const opened = palette("delete", { shortcuts: [action] });
    expect(opened.commands.map(({ shortcut }) => shortcut)).toEqual(["#"]);
    opened.choose("Delete this version");
    expect([...opened.ran, ...ran]).toEqual(["closed", "deleted"]);
  });
});

describe("the actions of the palette", () => {
  const actions = (text: string, sources: Partial<Sources> = {}) =>
    palette(text, sources).all.flatMap(({ group, label }) => (group === "Actions" ? [label] : []));

  it("need no row", () => {
    expect(actions("")).toEqual([
      "Edit an artifact…",
      "Compare versions of an artifact…",
      "Delete an artifact…",
      "Copy link to this page",
      "Theme: light",
      "Theme: dark",
      "Theme: system",
      "Docs of the API",
    ]);
    expect(actions("theme d")).toEqual(["Theme: dark"]);
  });

  it("are those that the reader may do", () => {
    expect(actions("edit", { mayWrite: false })).toEqual([]);
    expect(actions("delete", { mayWrite: false })).toEqual([]);
    expect(actions("compare", { mayWrite: false })).toEqual(["Compare versions of an artifact…"]);
    expect(actions("sign", { maySignOut: true })).toEqual(["Sign out"]);
  });

  it("are done", () => {
    const { choose, opened, ran } = palette("", { maySignOut: true });
    for (const label of ["Delete an artifact…", "Copy link to this page", "Theme: dark", "Sign out"]) choose(label);
    choose("Docs of the API");
    expect(ran).toEqual(["delete", "closed", "copied", "closed", "dark", "closed", "signed out"]);
    expect(opened).toEqual([["/api/docs"]]);
  });
});

it("finds artifacts by their description, once, and shows it", () => {
  const [sales, other] = [artifact("sales", 2, "Sales by region\nand month"), artifact("q3", 1, "Sales of Q3")];
  const { commands } = palette("sales", { artifacts: [[sales]], described: [sales, other] });
  expect(commands.map(({ label, hint }) => [label, hint])).toEqual([
    ["sales", "v2"],
    ["q3", "Sales of Q3"],
  ]);
});

it("finds artifacts by words in their content, after those found by their names, and opens them there", () => {
  const content = ["sales", "q3"].map((key) => ({ artifact: artifact(key), find: "sales rose", hint: `…${key}` }));
  const { commands, choose, opened } = palette("sales", { artifacts: [[artifact("sales")]], content });
  expect(commands.map(({ group, label, hint }) => [group, label, hint])).toEqual([
    ["Artifacts", "sales", "v1"],
    ["In content", "q3", "…q3"],
  ]);
  choose("q3");
  const href = "/artifacts/key/q3";
  expect(opened).toEqual([[`${href}?find=sales+rose`, { kind: "key", label: "q3", href }]]);
});

it("offers artifacts that mention a text", () => {
  const { choose, opened } = palette('a "b', {});
  choose('Artifacts that mention “a "b”');
  expect(opened).toEqual([["/artifacts?q=%22a+%5C%22b%22"]]);
});

it("offers artifacts that match a query, if the text has a condition without an error", () => {
  const { choose, opened } = palette("rain type:table", {});
  choose("Artifacts that match “rain type:table”");
  expect(opened).toEqual([["/artifacts?q=rain+type%3Atable"]]);
  for (const text of ["rain", "typ:table", "type:"]) {
    expect(() => palette(text, {}).choose(`Artifacts that mention “${text}”`), text).not.toThrow();
  }
});

it("finds flows, and offers lists filtered by the text", () => {
  const { choose, opened } = palette(" a b ", { flows: [{ id: "7", name: "etl a b" }] });
  choose("etl a b");
  choose("Artifacts whose key contains “a b”");
  choose("Runs whose name contains “a b”");
  expect(opened).toEqual([["/runs/flow/7"], ["/artifacts?key=a+b"], ["/runs?name=a+b"]]);
});

describe("the shortcuts in the palette", () => {
  const run = () => {};
  const labels = (shortcuts: Parameters<typeof runnableShortcuts>[0][number]["shortcuts"]) =>
    runnableShortcuts([{ section: "List", shortcuts }]).map(({ label }) => label);

  it("are those that apply now", () => {
    expect(
      labels([
        ["e", { label: "Edit", run }],
        ["d", { label: "Compare", run, when: () => true }],
        ["#", { label: "Delete", run, when: () => false }],
      ]),
    ).toEqual(["Edit", "Compare"]);
  });

  it("leave out those that repeat and those that are only listed", () => {
    expect(
      labels([
        ["j", { label: "Next row", run, repeats: true }],
        ["Ctrl K", { label: "Search" }],
      ]),
    ).toEqual([]);
  });
});
