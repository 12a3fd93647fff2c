"use client";

import { useQuery } from "@tanstack/react-query";
import { CodeView } from "../code/code-view";
import { DataError, DataLoading, NoContent } from "../shared/data-status";
import type { ViewerProps } from "../shared/viewer-props";
import { HtmlView } from "./html-view";
import { SandboxFrame } from "./sandbox-frame";
import { sandboxLink } from "./sandbox-url";

/** An HTML text. Its frame gets it by message, so that what is not stored is shown the same way. */
export function HtmlViewer({ data }: ViewerProps) {
  const text = String(data);
  if (text.trim() === "") return <NoContent />;
  return (
    <HtmlView
      report={(attempt) => <TextReport key={attempt} text={text} />}
      source={<CodeView text={text} language="html" />}
    />
  );
}

/** HTML text as it looks, in the sandbox; `isPart`: one of many things on a page. */
export function TextReport({ text, isPart = false }: { text: string; isPart?: boolean }) {
  const { data, isError, refetch } = useQuery({
    queryKey: ["sandbox"],
    queryFn: ({ signal }) => sandboxLink("/api/sandbox", signal),
    staleTime: "static",
    refetchInterval: false,
  });
  if (isError) return <DataError onRetry={refetch} />;
  if (!data) return <DataLoading size={text.length} />;
  return <SandboxFrame key={text} src={`${data}text`} title="Report" html={text} isPart={isPart} />;
}
