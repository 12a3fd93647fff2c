"use client";

import { type ReactNode, type RefObject, useEffect, useRef, useState } from "react";
import { buttonClass } from "#app/_ui/button";
import { Notice } from "#app/_ui/notice";
import { useIsDark } from "../shared/use-is-dark";
import { type Attempts, listed, NO_ATTEMPTS, webAddress, withAttempt } from "./attempts";
import { createMessageLimit } from "./message-limit";

/**
 * A document of `server/http/sandbox`, and above it what it tried to do. Its own policy and the attribute keep it from
 * everything; that of the page keeps it from leaving.
 * @param html the text of a document that takes it by message
 */
export function SandboxFrame({
  src,
  title,
  html,
  isPart = false,
}: {
  src: string;
  title: string;
  html?: string;
  /** Whether it is one of many things on a page, so that it is lower. */
  isPart?: boolean;
}) {
  const frame = useRef<HTMLIFrameElement>(null);
  const { attempts, isStopped, onLoad } = useAttempts(frame, html);
  const dark = useIsDark();
  if (isStopped) return <Blocked>This report sent messages without end, so it was stopped.</Blocked>;
  return (
    <>
      <AttemptNotices {...attempts} />
      <iframe
        ref={frame}
        src={src}
        title={title}
        onLoad={onLoad}
        sandbox="allow-scripts"
        referrerPolicy="no-referrer"
        className={`block ${isPart ? "h-96" : "h-[72vh] min-h-80"} w-full rounded-md border ${dark ? "" : "bg-white"}`}
        style={{ colorScheme: dark ? "dark" : "light" }}
      />
    </>
  );
}

function useAttempts(
  frame: RefObject<HTMLIFrameElement | null>,
  html: string | undefined,
): { attempts: Attempts; isStopped: boolean; onLoad: () => void } {
  const [attempts, setAttempts] = useState(NO_ATTEMPTS);
  const [isStopped, setStopped] = useState(false);
  const [limit] = useState(createMessageLimit);
  const left = useRef<string | null>(null);
  useEffect(() => {
    const onMessage = ({ source, data }: MessageEvent<unknown>) => {
      if (source === null || source !== frame.current?.contentWindow) return;
      if (!limit.takes()) {
        if (limit.isEndless()) setStopped(true);
        return;
      }
      if (html !== undefined && typeof data === "object" && data !== null && "ready" in data) {
        if (limit.responds()) frame.current.contentWindow.postMessage({ html }, "*");
        return;
      }
      setAttempts((before) => withAttempt(before, data));
    };
    // A frame that goes elsewhere is stopped by the policy of the page.
    const onViolation = ({ effectiveDirective, blockedURI }: SecurityPolicyViolationEvent) => {
      if (effectiveDirective !== "frame-src" || !limit.takes()) return;
      // Which frame it was is not said: the one that loads next, as what replaces the blocked document.
      if (document.querySelectorAll("iframe[sandbox]").length > 1) left.current = blockedURI;
      else setAttempts((before) => withAttempt(before, { blocked: blockedURI, by: effectiveDirective }));
    };
    addEventListener("message", onMessage);
    document.addEventListener("securitypolicyviolation", onViolation);
    return () => {
      removeEventListener("message", onMessage);
      document.removeEventListener("securitypolicyviolation", onViolation);
    };
  }, [frame, html, limit]);
  const onLoad = () => {
    limit.loaded();
    const blocked = left.current;
    left.current = null;
    if (blocked !== null) setAttempts((before) => withAttempt(before, { blocked, by: "frame-src" }));
  };
  return { attempts, isStopped, onLoad };
}

function AttemptNotices({ loads, opens, link }: Attempts) {
  const address = link === null ? null : webAddress(link);
  return (
    <>
      {loads.length > 0 && (
        <Blocked>
          This report tried to load from: <Addresses of={loads} />. That is blocked: a report can load only its own
          files.
        </Blocked>
      )}
      {opens.length > 0 && (
        <Blocked>
          This report tried to open: <Addresses of={opens} />. That is blocked: a report can’t send forms, open windows
          or leave its frame.
        </Blocked>
      )}
      {link !== null && (
        <Notice
          action={
            address !== null && (
              <a href={address} target="_blank" rel="noopener noreferrer nofollow" className={buttonClass()}>
                Open link
              </a>
            )
          }
        >
          The report links to: <Addresses of={[address ?? link]} />
        </Notice>
      )}
    </>
  );
}

function Blocked({ children }: { children: ReactNode }) {
  return <Notice tone="warn">{children}</Notice>;
}

function Addresses({ of }: { of: readonly string[] }) {
  return <bdi className="break-all">{listed(of)}</bdi>;
}
