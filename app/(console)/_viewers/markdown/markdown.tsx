"use client";

import dynamic from "next/dynamic";
import { type ReactNode, useMemo } from "react";
import { loadCode } from "#app/_data/connection";
import { Notice } from "#app/_ui/notice";
import { isTooDeep } from "#formats/markdown";
import { TextView } from "../text/text-view";
import { blockOf, groupsOf, nodeOf } from "./block";
import { Groups } from "./blocks";
import { beginningOf, isCheap } from "./cost";
import { renderBlock } from "./elements";
import { type MarkdownPlugins, parse } from "./parse";
import { needsEmoji, needsHtml } from "./plugins";
import { useDocument } from "./use-document";

const WithHtml = dynamic(() => loadCode(() => import("./with-html")).then((module) => module.WithHtml));
const WithEmoji = dynamic(() => loadCode(() => import("./with-emoji")).then((module) => module.WithEmoji));

const TOO_DEEP = "This is nested too deeply to render, so it's shown as source text.";
const TOO_SLOW = "This would take too long to render, so it's shown as source text.";
const REST_TOO_SLOW = "The rest would take too long to render, so it's shown as source text.";

interface MarkdownProps {
  text: string;
  /** For descriptions: smaller, and without ids of headings. */
  compact?: boolean;
}

/**
 * GitHub-flavoured markdown with safe HTML. A cheap text is rendered at once, also on the server, and its code is
 * highlighted by a worker. Any other is parsed as a whole in the worker, while its beginning is shown at once.
 */
export function Markdown({ text, compact = false }: MarkdownProps) {
  const [Shown, parsedHere] = useMemo(
    () => (isCheap(text) ? ([ShortMarkdown, text] as const) : ([LongMarkdown, beginningOf(text)] as const)),
    [text],
  );
  const shown = (plugins: MarkdownPlugins) => <Shown text={text} compact={compact} plugins={plugins} />;
  const withEmoji = (plugins: MarkdownPlugins) =>
    needsEmoji(parsedHere) ? <WithEmoji>{(emoji) => shown({ ...plugins, emoji })}</WithEmoji> : shown(plugins);
  return needsHtml(parsedHere) ? <WithHtml>{(html) => withEmoji({ html })}</WithHtml> : withEmoji({});
}

type PartProps = Required<MarkdownProps> & { plugins: MarkdownPlugins };

function ShortMarkdown({ text, compact, plugins: { html, emoji } }: PartProps) {
  const nodes = useMemo(() => parse(text, { anchors: !compact, html, emoji }), [text, compact, html, emoji]);
  const hasCode = useMemo(() => /^[ \t>]*(?:`{3,}|~{3,})[ \t]*\w|<code/m.test(text), [text]);
  const { groups, end } = useDocument(text, { anchors: !compact, enabled: hasCode });
  const highlighted = end === text.length ? groups.flat() : [];
  const shown = nodes.map((node, at) => {
    const block = highlighted[at];
    return (block && nodeOf(block)) ?? node;
  });
  return (
    <div data-find={compact ? "about" : "data"} className={compact ? "prose prose-compact" : "prose"}>
      {shown.map((node, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: highlighting keeps the positions of blocks
        <Node key={at} node={node} />
      ))}
    </div>
  );
}

function Node({ node }: { node: Parameters<typeof renderBlock>[0] }) {
  return renderBlock(node);
}

function LongMarkdown({ text, compact, plugins: { html, emoji } }: PartProps) {
  const tooDeep = useMemo(() => isTooDeep(text), [text]);
  const { groups, end } = useDocument(text, { anchors: !compact, enabled: !tooDeep });
  const beginning = useMemo(() => {
    const part = tooDeep ? "" : beginningOf(text);
    const blocks = parse(part, { anchors: !compact, html, emoji }).map((node) => blockOf(node, part));
    return { groups: [...groupsOf(blocks)], end: part.length };
  }, [text, tooDeep, compact, html, emoji]);
  if (tooDeep) return <SourceText text={text} reason={TOO_DEEP} />;
  const shownEnd = end === 0 ? beginning.end : (end ?? text.length);
  return (
    <>
      <Groups groups={groups.length > 0 ? groups : beginning.groups} compact={compact} />
      {end === null && <Rendering />}
      {shownEnd < text.length && (
        <SourceText text={text.slice(shownEnd)} reason={shownEnd > 0 ? REST_TOO_SLOW : TOO_SLOW} />
      )}
    </>
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
