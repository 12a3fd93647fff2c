import {
  ArrowRight,
  Bookmark,
  BookOpen,
  Clock,
  GitCompare,
  Link2,
  ListFilter,
  LogOut,
  Pencil,
  Play,
  SunMoon,
  Trash2,
  Workflow,
  Zap,
} from "lucide-react";
import type { ReactNode } from "react";
import type { Command } from "#app/_ui/command-list";
import type { ShortcutSection } from "#app/_ui/shortcut";
import type { ArtifactCollection } from "#contract/collection";
import type { Flow } from "#contract/flow";
import type { FlowRun } from "#contract/flow-run";
import { parseQuery } from "#contract/query/parse";
import { hasConditions, queryOfTerms, termsIn } from "#contract/query/terms";
import type { SavedView } from "#contract/view";
import { TypeIcon } from "../../_list/artifact-type";
import { findHref, keyHref } from "../../_list/artifact-url";
import { firstLine } from "../../_list/first-line";
import { flowHref } from "../../_list/flow-link";
import type { RecentPage } from "./recent";

const ICON = "size-4 shrink-0 text-faint";
const MOST_ARTIFACTS = 8;
const MOST_IN_CONTENT = 5;

const PAGES = [
  { name: "Artifacts", href: "/artifacts" },
  { name: "All versions", href: "/artifacts?versions=all" },
  { name: "Artifacts without a key", href: "/artifacts?keys=none" },
  { name: "Changed since you last looked", href: "/artifacts/unread" },
  { name: "Runs", href: "/runs" },
  { name: "Trash", href: "/trash" },
];

/** Pages for the role admin. */
const ADMIN_PAGES = [
  { name: "Settings: people", href: "/settings/people" },
  { name: "Settings: API keys", href: "/settings/keys" },
  { name: "Settings: protected labels", href: "/settings/labels" },
  { name: "Settings: audit log", href: "/settings/audit" },
];

export type FoundArtifact = Pick<ArtifactCollection, "id" | "key" | "type" | "version" | "versions" | "description">;

/** An artifact with the words of a search, to find in its page, and where it has them. */
export interface ContentMatch {
  artifact: FoundArtifact;
  find: string;
  hint: ReactNode;
}

/** What can be done with an artifact that is chosen next. */
export const VERBS = {
  edit: { label: "Edit an artifact…", icon: Pencil },
  compare: { label: "Compare versions of an artifact…", icon: GitCompare },
  delete: { label: "Delete an artifact…", icon: Trash2 },
} as const;

export type Verb = keyof typeof VERBS;

const THEMES = ["light", "dark", "system"] as const;

/** What the palette offers. The lists of artifacts are in order of relevance, and may overlap. */
export interface Sources {
  recent: RecentPage[];
  shortcuts: ShortcutAction[];
  views: Pick<SavedView, "id" | "name" | "isDefault">[];
  artifacts: FoundArtifact[][];
  /** Artifacts whose description contains the text. */
  described: FoundArtifact[];
  /** Artifacts that have the words anywhere, the best match first. */
  content: ContentMatch[];
  flows: Pick<Flow, "id" | "name">[];
  runs: Pick<FlowRun, "id" | "name" | "state">[];
  mayWrite: boolean;
  mayConfigure: boolean;
  maySignOut: boolean;
}

interface Handlers {
  open: (href: string, recent?: RecentPage) => void;
  run: (action: () => void) => void;
  /** Chooses what to do before the artifact that it is done with. */
  begin: (verb: Verb) => void;
  copyLink: () => void;
  setTheme: (theme: (typeof THEMES)[number]) => void;
  signOut: () => void;
}

/** The commands of the palette that match a text; artifacts, flows and runs are as the server found them. */
export function paletteCommands(text: string, sources: Sources, handlers: Handlers): Command[] {
  const { open, run } = handlers;
  const named = firstOfEachKey([...sources.artifacts.flat(), ...sources.described]);
  const matching = (commands: Command[]) => commands.filter(({ label }) => matches(label, text));
  return [
    ...matching(
      sources.recent.map((page) => ({
        id: `recent ${page.href}`,
        group: "Recent",
        label: page.label,
        icon: page.kind === "run" ? <Play aria-hidden className={ICON} /> : <Clock aria-hidden className={ICON} />,
        run: () => open(page.href, page),
      })),
    ),
    ...matching(
      sources.shortcuts.map(({ section, key, label, action }) => ({
        id: `shortcut ${key}`,
        group: section,
        label,
        icon: <Zap aria-hidden className={ICON} />,
        shortcut: key,
        run: () => run(action),
      })),
    ),
    ...matching(
      sources.views.map(({ id, name, isDefault }) => ({
        id: `view ${id}`,
        group: "Saved views",
        label: `Go to view ${name}`,
        icon: <Bookmark aria-hidden className={ICON} />,
        hint: isDefault ? "default" : undefined,
        run: () => open(`/artifacts/view/${id}`),
      })),
    ),
    ...matching(
      [...PAGES, ...(sources.mayConfigure ? ADMIN_PAGES : [])].map(({ name, href }) => ({
        id: href,
        group: "Pages",
        label: name,
        icon: <ArrowRight aria-hidden className={ICON} />,
        run: () => open(href),
      })),
    ),
    ...matching(actionCommands(sources, handlers)),
    ...named.map((artifact) => {
      const { key } = artifact;
      const href = keyHref(key);
      return artifactCommand(artifact, text, () => open(href, { kind: "key", label: key, href }));
    }),
    ...contentCommands(sources.content, named, open),
    ...sources.flows.map(({ id, name }) => ({
      id: `flow ${id}`,
      group: "Flows",
      label: name,
      icon: <Workflow aria-hidden className={ICON} />,
      run: () => open(flowHref(id)),
    })),
    ...sources.runs.map(({ id, name, state }) => {
      const href = `/runs/flow-run/${id}`;
      return {
        id,
        group: "Runs",
        label: name,
        icon: <Play aria-hidden className={ICON} />,
        hint: state?.name ?? undefined,
        run: () => open(href, { kind: "run", label: name, href }),
      };
    }),
    ...listCommands(text, open),
  ];
}

/** Artifacts that have the words in their content, without those that are listed by their names already. */
function contentCommands(content: ContentMatch[], named: FoundArtifact[], open: Handlers["open"]): Command[] {
  return content
    .filter(({ artifact }) => named.every(({ key }) => key !== artifact.key))
    .slice(0, MOST_IN_CONTENT)
    .map(({ artifact: { key, type }, find, hint }) => ({
      id: `content ${key}`,
      group: "In content",
      label: key,
      icon: <TypeIcon type={type} />,
      hint,
      run: () => open(findHref(keyHref(key), find), { kind: "key", label: key, href: keyHref(key) }),
    }));
}

/** The artifacts to do something with. */
export function artifactCommands(
  text: string,
  artifacts: FoundArtifact[],
  onChoose: (artifact: FoundArtifact) => void,
): Command[] {
  return firstOfEachKey(artifacts).map((artifact) => artifactCommand(artifact, text, () => onChoose(artifact)));
}

/** An artifact by its key; found by its description, with the start of that. */
function artifactCommand(artifact: FoundArtifact, text: string, run: () => void): Command {
  const { key, type, version, description } = artifact;
  const isFoundByKey = matches(key, text);
  return {
    id: `key ${key}`,
    group: "Artifacts",
    label: key,
    icon: <TypeIcon type={type} />,
    hint: (!isFoundByKey && firstLine(description ?? "")) || `v${version}`,
    run,
  };
}

/** What can be done without a row that has the focus. */
function actionCommands({ mayWrite, maySignOut }: Sources, handlers: Handlers): Command[] {
  const { open, run, begin } = handlers;
  const verbs: Verb[] = mayWrite ? ["edit", "compare", "delete"] : ["compare"];
  return [
    ...verbs.map((verb) => {
      const { label, icon: Icon } = VERBS[verb];
      return action(label, <Icon aria-hidden className={ICON} />, () => begin(verb));
    }),
    action("Copy link to this page", <Link2 aria-hidden className={ICON} />, () => run(handlers.copyLink)),
    ...THEMES.map((theme) =>
      action(`Theme: ${theme}`, <SunMoon aria-hidden className={ICON} />, () => run(() => handlers.setTheme(theme))),
    ),
    action("Docs of the API", <BookOpen aria-hidden className={ICON} />, () => open("/api/docs")),
    ...(maySignOut ? [action("Sign out", <LogOut aria-hidden className={ICON} />, () => run(handlers.signOut))] : []),
  ];
}

function action(label: string, icon: Command["icon"], run: () => void): Command {
  return { id: `action ${label}`, group: "Actions", label, icon, run };
}

/** Lists that are filtered by the text. */
function listCommands(text: string, open: Handlers["open"]): Command[] {
  const query = text.trim();
  if (query === "") return [];
  const list = (label: string, href: string) => ({
    id: label,
    group: "Lists",
    label: `${label} “${query}”`,
    icon: <ListFilter aria-hidden className={ICON} />,
    run: () => open(href),
  });
  const artifacts = (q: string) => `/artifacts?${new URLSearchParams({ q })}`;
  return [
    hasConditions(parseQuery(query).tree)
      ? list("Artifacts that match", artifacts(query))
      : list("Artifacts that mention", artifacts(queryOfTerms(termsIn(query)))),
    list("Artifacts whose key contains", `/artifacts?${new URLSearchParams({ key: query })}`),
    list("Artifacts whose description contains", `/artifacts?${new URLSearchParams({ description: query })}`),
    list("Runs whose name contains", `/runs?${new URLSearchParams({ name: query })}`),
  ];
}

interface ShortcutAction {
  section: string;
  key: string;
  label: string;
  action: () => void;
}

/**
 * The shortcuts that can run now. Call it before the palette takes the focus, on which some depend. Those that repeat,
 * like moving to the next row, make no sense as a command, and pages are listed by their names.
 */
export function runnableShortcuts(sections: ShortcutSection[]): ShortcutAction[] {
  return sections.flatMap(({ section, shortcuts }) =>
    shortcuts.flatMap(([key, { label, run, when, repeats }]) =>
      run && !repeats && !key.startsWith("g ") && (!when || when()) ? [{ section, key, label, action: run }] : [],
    ),
  );
}

function firstOfEachKey(artifacts: FoundArtifact[]): FoundArtifact[] {
  const seen = new Set<string>();
  return artifacts.filter(({ key }) => !seen.has(key) && seen.add(key)).slice(0, MOST_ARTIFACTS);
}

function matches(label: string, text: string): boolean {
  const words = text.toLowerCase().split(/\s+/);
  return words.every((word) => label.toLowerCase().includes(word));
}
