"use client";

import { useQuery } from "@tanstack/react-query";
import { createElement, useEffect, useMemo, useRef, useState } from "react";
import { Button } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { createMessageLimit } from "../html/message-limit";
import { sandboxLink } from "../html/sandbox-url";
import { DataError, DataLoading } from "../shared/data-status";
import { useIsDark } from "../shared/use-is-dark";
import type { ViewerComponent, ViewerProps } from "../shared/viewer-props";

/** In pixels: before a viewer says its height, and at most. */
const HEIGHT = { first: 320, most: 8000 };
/** In milliseconds: until a viewer is ready, its code's loading included. */
const TIMEOUT = 20_000;

/** What a viewer gets, beside the theme: see `docs/viewers.md`. */
export interface Shown {
  name: string;
  artifactType: string | null;
  mediaType?: string;
  size: number;
  data?: unknown;
  bytes?: ArrayBuffer;
  path?: string;
}

/** Shows data by a viewer of the operator. */
export function dataViewer(name: string): ViewerComponent {
  return (props) => createElement(OwnData, { ...props, name });
}

function OwnData({ artifact, data, name }: ViewerProps & { name: string }) {
  const { id, key, type, size } = artifact;
  const shown = useMemo(() => ({ name: key ?? "", artifactType: type, size, data }), [key, type, size, data]);
  return <OwnFrame id={id} viewer={name} shown={shown} />;
}

interface State {
  height: number;
  isReady: boolean;
  error: string | null;
}

/** @param id of the version, which a part of a report has first */
export function OwnFrame({ id, viewer, shown }: { id: string; viewer: string; shown: Shown }) {
  const [version] = id.split("/");
  const { data, dataUpdatedAt, isError, error, refetch } = useQuery({
    queryKey: ["sandbox", version, viewer],
    queryFn: ({ signal }) => sandboxLink(`/api/artifacts/${version}/sandbox`, signal),
    gcTime: 0,
    staleTime: "static",
    refetchInterval: false,
  });
  if (isError) return <DataError problem={error.message} onRetry={refetch} />;
  if (!data) return <DataLoading size={shown.size} />;
  return <LinkedFrame key={dataUpdatedAt} link={data} viewer={viewer} shown={shown} onReload={refetch} />;
}

interface FrameProps {
  /** It works for 10 minutes; a frame that loads more after that needs another one. */
  link: string;
  viewer: string;
  shown: Shown;
  onReload: () => void;
}

function LinkedFrame({ link, viewer, shown, onReload }: FrameProps) {
  const frame = useRef<HTMLIFrameElement>(null);
  const dark = useIsDark();
  const [{ height, isReady, error }, setState] = useState<State>({ height: HEIGHT.first, isReady: false, error: null });
  const [limit] = useState(createMessageLimit);
  useEffect(() => {
    const url = shown.path === undefined ? null : link + shown.path.split("/").map(encodeURIComponent).join("/");
    const message = {
      type: "show",
      theme: dark ? "dark" : "light",
      ...shown,
      url: url && new URL(url, location.href).href,
    };
    const send = () => frame.current?.contentWindow?.postMessage(message, "*");
    const take = (sent: object) => setState((before) => stateAfter(before, sent));
    let resized: object | null = null;
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.current?.contentWindow) return;
      if (typeof data !== "object" || data === null || !("type" in data)) return;
      // A viewer may have a new height as often as a window is resized.
      if (data.type === "height") {
        if (resized === null) {
          requestAnimationFrame(() => {
            if (resized) take(resized);
            resized = null;
          });
        }
        resized = data;
        return;
      }
      if (!limit.takes()) return;
      if (data.type === "ready" && limit.responds()) send();
      take(data);
    };
    const timer = setTimeout(() => {
      setState((before) => (before.isReady ? before : { ...before, error: "It did not start." }));
    }, TIMEOUT);
    setState((before) => ({ ...before, error: null }));
    addEventListener("message", onMessage);
    send();
    return () => {
      clearTimeout(timer);
      removeEventListener("message", onMessage);
    };
  }, [link, shown, dark, limit]);
  return (
    <div className="space-y-3">
      {error !== null && (
        <Notice tone="warn" action={<Button onClick={onReload}>Reload</Button>}>
          The viewer "{viewer}" can't show this: <bdi>{error}</bdi>
        </Notice>
      )}
      <iframe
        ref={frame}
        src={`${link}.viewer/${viewer}/`}
        title={viewer}
        onLoad={limit.loaded}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        aria-busy={!isReady}
        className="block w-full"
        style={{ height, colorScheme: dark ? "dark" : "light" }}
      />
    </div>
  );
}

/** The frame runs code of the operator on data of others: what it sends is checked as such. */
function stateAfter(state: State, message: object): State {
  const requested = "height" in message ? Number(message.height) : Number.NaN;
  const isHeight = requested > 0 && Number.isFinite(requested);
  const height = isHeight ? Math.min(Math.ceil(requested), HEIGHT.most) : state.height;
  const type = "type" in message ? message.type : null;
  const text = type === "error" && "message" in message ? String(message.message).slice(0, 500) : state.error;
  const error = type === "ready" ? null : text;
  return state.isReady && height === state.height && error === state.error ? state : { isReady: true, height, error };
}
