"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo, useRef } from "react";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import { isTooDeep } from "#formats/markdown";
import { useIsFinding } from "../find/find-context";
import { TextView } from "../text/text-view";
import { Groups } from "./blocks";
import { renderBlock } from "./elements";
import { type Heading, headingsOf, headingsOfGroups, MIN_HEADINGS, mayHaveOutline } from "./outline/headings";
import { blockOf, groupsOf, nodeOf } from "./parse/block";
import { beginningOf, isCheap } from "./parse/cost";
import { type MarkdownPlugins, parse } from "./parse/parse";
import { needsEmoji, needsHtml } from "./parse/plugins";
import { useDocument } from "./use-document";

const WithHtml = dynamic(() => loadCode(() => import("./with-html")).then((module) => module.WithHtml));
const WithEmoji = dynamic(() => loadCode(() => import("./with-emoji")).then((module) => module.WithEmoji));
const Outline = dynamic(() => loadCode(() => import("./outline/outline")).then((module) => module.Outline));

const TOO_DEEP = "This is nested too deeply to render, so it's shown as source text.";
const TOO_SLOW = "This would take too long to render, so it's shown as source text.";
const REST_TOO_SLOW = "The rest would take too long to render, so it's shown as source text.";

/** A column beside the text, or where that has no room a line above it. */
const WITH_OUTLINE =
  "[--reading-top:6.5rem] @min-[61rem]/document:grid @min-[61rem]/document:grid-cols-[minmax(0,46rem)_minmax(0,1fr)] @min-[61rem]/document:gap-x-10 @min-[61rem]/document:[--reading-top:4.5rem] print:block";
const OUTLINE_PLACE =
  "-mt-3 top-12 z-[4] mb-4 h-10 print:hidden @min-[61rem]/document:top-16 @min-[61rem]/document:mt-0 @min-[61rem]/document:order-last @min-[61rem]/document:h-auto @min-[61rem]/document:self-start";

interface MarkdownProps {
  text: string;
  /** For descriptions: smaller, and without ids of headings. */
  compact?: boolean;
  /** Whether it has an outline, if it has enough headings. */
  outline?: boolean;
}

/**
 * GitHub-flavoured markdown with safe HTML. A cheap text is rendered at once, also on the server, and its code is
 * highlighted by a worker. Any other is parsed as a whole in the worker, while its beginning is shown at once.
 */
export function Markdown({ text, compact = false, outline = false }: MarkdownProps) {
  const [Shown, parsedHere] = useMemo(
    () => (isCheap(text) ? ([ShortMarkdown, text] as const) : ([LongMarkdown, beginningOf(text)] as const)),
    [text],
  );
  const shown = (plugins: MarkdownPlugins) => (
    <Shown text={text} compact={compact} outline={outline} plugins={plugins} />
  );
  const withEmoji = (plugins: MarkdownPlugins) =>
    needsEmoji(parsedHere) ? <WithEmoji>{(emoji) => shown({ ...plugins, emoji })}</WithEmoji> : shown(plugins);
  return needsHtml(parsedHere) ? <WithHtml>{(html) => withEmoji({ html })}</WithHtml> : withEmoji({});
}

type PartProps = Required<MarkdownProps> & { plugins: MarkdownPlugins };

function ShortMarkdown({ text, compact, outline, plugins: { html, emoji } }: PartProps) {
  const nodes = useMemo(() => parse(text, { anchors: !compact, html, emoji }), [text, compact, html, emoji]);
  const hasCode = useMemo(() => /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\w|<code/m.test(text), [text]);
  const { groups, end } = useDocument(text, { anchors: !compact, enabled: hasCode });
  const highlighted = end === text.length ? groups.flat() : [];
  const shown = nodes.map((node, at) => {
    const block = highlighted[at];
    return (block && nodeOf(block)) ?? node;
  });
  const rendered = (
    <div data-find={compact ? "about" : "data"} className={compact ? "prose prose-compact" : "prose"}>
      {shown.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: highlighting keeps the positions of blocks
        <Node key={at} node={node} />
      ))}
    </div>
  );
  const headings = useMemo(() => (outline ? headingsOf(nodes) : []), [outline, nodes]);
  return outline ? <Outlined headings={headings}>{rendered}</Outlined> : rendered;
}

function Node({ node }: { node: Parameters<typeof renderBlock>[0] }) {
  return renderBlock(node);
}

function LongMarkdown({ text, compact, outline, plugins: { html, emoji } }: PartProps) {
  const tooDeep = useMemo(() => isTooDeep(text), [text]);
  const { groups, end } = useDocument(text, { anchors: !compact, enabled: !tooDeep });
  const beginning = useMemo(() => {
    const part = tooDeep ? "" : beginningOf(text);
    const blocks = parse(part, { anchors: !compact, html, emoji }).map((node) => blockOf(node, part));
    return { groups: [...groupsOf(blocks)], end: part.length };
  }, [text, tooDeep, compact, html, emoji]);
  // While it is parsed, the outline is that of its beginning.
  const outlined = groups.length > 0 && end !== null ? groups : beginning.groups;
  const headings = useMemo(() => (outline ? headingsOfGroups(outlined) : []), [outline, outlined]);
  const expected = useMemo(() => outline && mayHaveOutline(text), [outline, text]);
  if (tooDeep) return <SourceText text={text} reason={TOO_DEEP} />;
  const shownEnd = end === 0 ? beginning.end : (end ?? text.length);
  const rendered = (
    <>
      <Groups groups={groups.length > 0 ? groups : beginning.groups} compact={compact} />
      {end === null && <Rendering />}
      {shownEnd < text.length && (
        <SourceText text={text.slice(shownEnd)} reason={shownEnd > 0 ? REST_TOO_SLOW : TOO_SLOW} />
      )}
    </>
  );
  if (!outline) return rendered;
  return (
    <Outlined headings={headings} expected={expected && end === null}>
      {rendered}
    </Outlined>
  );
}

/** A document with its outline, if it has one or is `expected` to have one: its place does not come later. */
function Outlined({
  headings,
  expected = false,
  children,
}: {
  headings: Heading[];
  expected?: boolean;
  children: ReactNode;
}) {
  const content = useRef<HTMLDivElement>(null);
  // Both would stick to the top.
  const sticks = useIsFinding() ? "" : "sticky";
  const hasOutline = headings.length >= MIN_HEADINGS;
  const hasPlace = hasOutline || expected;
  return (
    <div className="@container/document">
      <div className={hasPlace ? WITH_OUTLINE : ""}>
        {hasPlace && (
          <div className={`${OUTLINE_PLACE} ${sticks}`}>
            {hasOutline && <Outline headings={headings} content={content} />}
          </div>
        )}
        <div key="document" ref={content} className="min-w-0">
          {children}
        </div>
      </div>
    </div>
  );
}

function Rendering(): ReactNode {
  return (
    <p role="status" className="py-6 text-center text-faint text-sm">
      Rendering…
    </p>
  );
}

function SourceText({ text, reason }: { text: string; reason: string }) {
  return (
    <div className="mt-4 space-y-3">
      <Notice>{reason}</Notice>
      <TextView text={text} label="Source text" />
    </div>
  );
}
