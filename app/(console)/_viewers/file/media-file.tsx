"use client";

import { type ReactEventHandler, useState } from "react";
import { Notice } from "#app/_ui/notice";
import { DataError } from "../shared/data-status";
import { HexFile } from "./hex-file";
import type { FileViewerProps } from "./viewer-props";

interface Facts {
  /** In seconds. */
  duration: number;
  width: number;
  height: number;
}

export function AudioFile(props: FileViewerProps) {
  return <Media kind="audio" {...props} />;
}

export function VideoFile(props: FileViewerProps) {
  return <Media kind="video" {...props} />;
}

/** Plays a file, of which the browser loads the parts that it needs. */
function Media({ kind, ...props }: FileViewerProps & { kind: "audio" | "video" }) {
  const { url, file } = props;
  const [facts, setFacts] = useState<Facts | null>(null);
  const [problem, setProblem] = useState<"connection" | "format" | null>(null);
  const onMetadata: ReactEventHandler<HTMLMediaElement> = ({ currentTarget: media }) => {
    const [width, height] = media instanceof HTMLVideoElement ? [media.videoWidth, media.videoHeight] : [0, 0];
    setFacts({ duration: media.duration, width, height });
  };
  const onError: ReactEventHandler<HTMLMediaElement> = ({ currentTarget: { error } }) => {
    setProblem(error?.code === MediaError.MEDIA_ERR_NETWORK ? "connection" : "format");
  };
  if (problem === "connection") return <DataError onRetry={() => setProblem(null)} />;
  if (problem === "format") {
    return (
      <HexFile
        {...props}
        onRetry={() => setProblem(null)}
        problem={`This browser can't play the ${kind}: it doesn't know its format or codec, or the file is damaged.`}
      />
    );
  }
  const common = { src: url, controls: true, preload: "metadata", onError, onLoadedMetadata: onMetadata } as const;
  const hasNoPicture = kind === "video" && facts !== null && facts.width === 0;
  return (
    <div className="space-y-2">
      {kind === "audio" || hasNoPicture ? (
        <audio {...common} aria-label={file.path} className="w-full" />
      ) : (
        <video {...common} aria-label={file.path} className="max-h-[72vh] max-w-full rounded-md border bg-black" />
      )}
      {facts && (
        <p className="text-faint text-sm tabular-nums">
          {durationText(facts.duration)}
          {facts.width > 0 && ` · ${facts.width} × ${facts.height}`}
        </p>
      )}
      {hasNoPicture && <Notice>This browser can play the sound of this video, but not its picture.</Notice>}
    </div>
  );
}

/** A duration in seconds as players show it: `0:07`, `1:02:03`; that of a stream is not known. */
export function durationText(seconds: number): string {
  if (!Number.isFinite(seconds)) return "Unknown duration";
  const whole = Math.round(seconds);
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  const rest = String(whole % 60).padStart(2, "0");
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}
