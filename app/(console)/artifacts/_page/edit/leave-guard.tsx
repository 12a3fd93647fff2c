"use client";

import dynamic from "next/dynamic";
import { useRouter } from "next/navigation";
import { useEffect, useState } from "react";
import { loadCode } from "#app/_data/connection";
import { Button } from "#app/_ui/button";

const Modal = dynamic(() => loadCode(() => import("#app/_ui/modal")).then((module) => module.Modal));

import { holdLeaving } from "../../../_shell/leaving";

/**
 * Asks before a link, the palette or a shortcut leaves the page, where there is something to lose. Going back keeps the draft
 * without a question; the browser asks before the tab is closed, with which drafts end.
 */
export function useLeaveGuard(active: boolean, onDiscard: () => void) {
  const router = useRouter();
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  useEffect(() => {
    if (!active) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    const hold = (event: MouseEvent) => {
      const href = pageLinkAt(event);
      if (href === null) return;
      event.preventDefault();
      event.stopPropagation();
      setLeavingTo(href);
    };
    const release = holdLeaving(setLeavingTo);
    window.addEventListener("beforeunload", warn);
    // Captured before the handlers of links.
    window.addEventListener("click", hold, { capture: true });
    return () => {
      release();
      window.removeEventListener("beforeunload", warn);
      window.removeEventListener("click", hold, { capture: true });
    };
  }, [active]);
  const leave = (href: string) => {
    setLeavingTo(null);
    router.push(href);
  };
  return {
    /** Asks as a link to that page would. */
    leaveTo: setLeavingTo,
    dialog: leavingTo !== null && (
      <Modal
        label="Leave with unsaved changes?"
        onClose={() => setLeavingTo(null)}
        className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg p-5"
      >
        <h2 className="font-semibold text-lg tracking-tight">Leave with unsaved changes?</h2>
        <p className="mt-2 text-sm text-soft">A draft stays in this tab until you save or discard it.</p>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={() => setLeavingTo(null)}>Stay</Button>
          <Button
            look="danger"
            onClick={() => {
              onDiscard();
              leave(leavingTo);
            }}
          >
            Discard changes
          </Button>
          <Button look="primary" onClick={() => leave(leavingTo)}>
            Keep draft and leave
          </Button>
        </div>
      </Modal>
    ),
  };
}

/** The address that a plain click on a link of this site leads to, in this tab; null for any other click. */
function pageLinkAt({ target, button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): string | null {
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey || !(target instanceof Element)) return null;
  const link = target.closest("a");
  if (!link || link.target === "_blank" || link.hasAttribute("download") || link.origin !== location.origin)
    return null;
  if (link.pathname.startsWith("/api/")) return null;
  const { pathname, search } = link;
  return pathname === location.pathname && search === location.search ? null : `${pathname}${search}${link.hash}`;
}
