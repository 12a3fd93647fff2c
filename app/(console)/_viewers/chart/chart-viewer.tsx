"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { Notice } from "#app/_ui/notice";
import { TreeOfText } from "../json/tree-of-text";
import { useIsDark } from "../shared/use-is-dark";
import type { ViewerProps } from "../shared/viewer-props";
import { figureOf } from "./figure";
import { fitted, modeOf } from "./spec";

/** In milliseconds: how long a chart may take, its program's loading included. */
const TIMEOUT = 20_000;
/** In pixels: before a chart is drawn, and at most. */
const HEIGHT = { first: 240, most: 4000 };

/** In characters. */
const MAX_IMAGE = 2_000_000;

interface State {
  height: number | null;
  error: string | null;
  /** Addresses that the chart refers to. */
  blocked: string[];
  /** The chart as an SVG for paper, since browsers leave out frames of other origins there. */
  image: string | null;
}

const LOADING: State = { height: null, error: null, blocked: [], image: null };

/** A chart of Vega-Lite or Vega. */
export function ChartViewer(props: ViewerProps) {
  const { data } = props;
  const request = useMemo(() => ({ spec: fitted(data), mode: modeOf(data) }), [data]);
  return <FrameChart {...props} program="chart" request={request} />;
}

/** A figure of Plotly. */
export function PlotlyViewer(props: ViewerProps) {
  const { data } = props;
  const request = useMemo(() => ({ figure: figureOf(data) }), [data]);
  return <FrameChart {...props} program="plotly" request={request} />;
}

/**
 * A chart that is drawn in a frame with an origin of its own and without connections, see
 * `server/http/frames/frames.ts`, so that its expressions reach nothing. Where it can't be drawn, it is shown as JSON.
 * @param program of the frame
 */
function FrameChart({
  artifact,
  text,
  program,
  request: content,
}: Pick<ViewerProps, "artifact" | "text"> & { program: string; request: object }) {
  const dark = useIsDark();
  const frame = useRef<HTMLIFrameElement>(null);
  const [{ failed, ...state }, setState] = useState<State & { failed?: object }>(LOADING);
  const request = useMemo(() => ({ ...content, dark }), [content, dark]);
  // Data that is corrected is drawn again.
  const { height, error, blocked, image } = failed && failed !== request ? LOADING : state;
  useEffect(() => {
    let isRendered = false;
    const send = () => frame.current?.contentWindow?.postMessage(request, "*");
    const onMessage = ({ source, data: message }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.current?.contentWindow) return;
      if (typeof message !== "object" || message === null) return;
      if ("ready" in message) return send();
      isRendered = true;
      setState((before) => ({ ...stateAfter(before, message), failed: "error" in message ? request : undefined }));
    };
    const timer = setTimeout(() => {
      if (!isRendered) setState({ ...LOADING, error: "It took too long to draw.", failed: request });
    }, TIMEOUT);
    addEventListener("message", onMessage);
    // A frame that is ready already draws it anew; else it tells when it is.
    send();
    return () => {
      clearTimeout(timer);
      removeEventListener("message", onMessage);
    };
  }, [request]);
  if (error !== null) {
    return (
      <div className="space-y-3">
        <Notice>{`This chart can't be drawn, so it's shown as JSON. ${error}`}</Notice>
        <TreeOfText key={artifact.updated} text={text} />
      </div>
    );
  }
  return (
    <div className="space-y-3">
      {blocked.length > 0 && (
        <Notice>
          This chart loads data from other addresses, which is blocked:{" "}
          <span className="break-all">{blocked.slice(0, 3).join(", ")}</span>. Put the values into the chart.
        </Notice>
      )}
      <iframe
        ref={frame}
        src={`/frames/${program}`}
        title="Chart"
        sandbox="allow-scripts"
        aria-busy={height === null}
        className={`block w-full ${image === null ? "" : "print:hidden"}`}
        style={{ height: height ?? HEIGHT.first, colorScheme: dark ? "dark" : "light" }}
      />
      {image !== null && (
        // biome-ignore lint/performance/noImgElement: within an image nothing of a chart runs or is loaded
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(image)}`}
          alt="Chart"
          className={`hidden max-w-full print:block ${dark ? "print:[filter:invert(1)_hue-rotate(180deg)]" : ""}`}
        />
      )}
    </div>
  );
}

/** The frame ran expressions of others: what it sends is checked as such. */
function stateAfter(state: State, message: object): State {
  if ("error" in message) return { ...LOADING, error: String(message.error).slice(0, 1000) };
  const height = "height" in message ? Number(message.height) : Number.NaN;
  const isHeight = Number.isFinite(height) && height > 0;
  const blocked = "blocked" in message && Array.isArray(message.blocked) ? message.blocked.map(String) : state.blocked;
  const image = "image" in message && typeof message.image === "string" ? message.image : state.image;
  return {
    error: null,
    blocked,
    image: image !== null && image.length <= MAX_IMAGE ? image : null,
    height: isHeight ? Math.min(height + 4, HEIGHT.most) : state.height,
  };
}
