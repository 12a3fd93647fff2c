"use client";

import { useEffect, useRef, useState } from "react";
import { useClient } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { labelledText, namesOf } from "#app/_data/forced-removal";
import { useRefresh } from "#app/_data/mutation";
import { Button } from "#app/_ui/button";
import { ReasonField } from "#app/_ui/field";
import { Modal } from "#app/_ui/modal";
import { toast } from "#app/_ui/toast";
import { formatCount, pluralize } from "#formats/number";
import { type Batch, batchesOf, deleteBatch, type Found, findMatching, restoreRemovals } from "./matching";
import { scopeOf, type View } from "./view";

type Step = { found: number } | { batches: Batch[]; total: Found } | { deleted: Found; total: Found } | Labelled;

/** Versions with labels, about which the deletion waits. */
interface Labelled {
  text: string;
  decide: (force: boolean) => void;
}

/** Deletes all rows of a view on all its pages: finds them, asks, and deletes them batch by batch, which can be stopped. */
export function DeleteMatching({ view, onDone, onClose }: { view: View; onDone: () => void; onClose: () => void }) {
  const client = useClient();
  const refresh = useRefresh();
  const [step, setStep] = useState<Step>({ found: 0 });
  const [reason, setReason] = useState("");
  const stopped = useRef(false);
  const areKeys = scopeOf(view) === "latest";
  const nameOf = ({ rows, versions }: Found) =>
    areKeys ? `${pluralize(rows, "artifact")} (${pluralize(versions, "version")})` : pluralize(rows, "version");

  const fail = (error: unknown) => toast(toApiError(error).message, { tone: "danger" });
  // biome-ignore lint/correctness/useExhaustiveDependencies: the rows are found once, when the dialog opens
  useEffect(() => {
    stopped.current = false;
    const find = async () => {
      const rows = await findMatching(client, view, (found) => {
        if (!stopped.current) setStep({ found });
        return !stopped.current;
      });
      const { batches, total } = batchesOf(rows);
      if (!stopped.current) setStep({ batches, total });
    };
    find().catch((error) => {
      fail(error);
      onClose();
    });
    return () => {
      stopped.current = true;
    };
  }, []);

  const restore = async (removals: string[]) => {
    const versions = await restoreRemovals(client, removals);
    toast(`Restored ${pluralize(versions, "version")}`);
    refresh();
  };
  const cancel = () => {
    stopped.current = true;
    if ("decide" in step) step.decide(false);
    else if (!("deleted" in step)) onClose();
  };
  /** Deletes a batch; asks about labels that would be lost, unless they are in `force`. Returns null where they must not. */
  const deleteForced = async (
    batch: Batch,
    progress: Step,
    force: string[] = [],
  ): Promise<Awaited<ReturnType<typeof deleteBatch>> | null> => {
    setStep(progress);
    try {
      return await deleteBatch(client, batch, areKeys, { force, reason: reason.trim() || null });
    } catch (error) {
      const { labels } = toApiError(error);
      if (!labels) throw error;
      if (!(await new Promise<boolean>((decide) => setStep({ text: labelledText(labels), decide })))) return null;
      return deleteForced(batch, progress, [...force, ...namesOf(labels)]);
    }
  };

  const run = async (batches: Batch[], total: Found) => {
    const removals: string[] = [];
    const deleted = { rows: 0, versions: 0 };
    try {
      for (const batch of batches) {
        if (stopped.current) break;
        const removed = await deleteForced(batch, { deleted: { ...deleted }, total });
        if (!removed) break;
        removals.push(removed.removal);
        deleted.rows += removed.rows;
        deleted.versions += removed.versions;
      }
    } catch (error) {
      fail(error);
    }
    if (removals.length > 0) {
      toast(`Deleted ${nameOf(deleted)}`, {
        action: { label: "Undo", run: () => void restore(removals).catch(fail) },
      });
    }
    onDone();
    refresh();
    onClose();
  };

  return (
    <Modal label="Delete all" onClose={cancel} className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg p-5">
      {"found" in step && <Progress title="Finding what to delete" text={`${formatCount(step.found)} found`} />}
      {"batches" in step && (
        <>
          <h2 className="font-semibold text-lg tracking-tight">Delete {nameOf(step.total)}?</h2>
          <p className="mt-2 text-sm text-soft">
            Everything that matches the filter will move to the trash, on all pages. It can be restored there.
          </p>
          <div className="mt-4">
            <ReasonField value={reason} onChange={setReason} />
          </div>
        </>
      )}
      {"decide" in step && (
        <>
          <h2 className="font-semibold text-lg tracking-tight">Delete labelled versions?</h2>
          <p className="mt-2 max-h-60 overflow-y-auto break-words text-sm text-soft">{step.text}</p>
        </>
      )}
      {"deleted" in step && (
        <Progress
          title={`Deleting ${nameOf(step.total)}`}
          text={`${formatCount(step.deleted.rows)} of ${formatCount(step.total.rows)} deleted`}
          part={step.deleted.rows / step.total.rows}
        />
      )}
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={cancel}>{"deleted" in step ? "Stop" : "Cancel"}</Button>
        {"batches" in step && (
          <Button look="danger" disabled={step.total.rows === 0} onClick={() => run(step.batches, step.total)}>
            Delete {pluralize(step.total.versions, "version")}
          </Button>
        )}
        {"decide" in step && (
          <Button look="danger" onClick={() => step.decide(true)}>
            Delete anyway
          </Button>
        )}
      </div>
    </Modal>
  );
}

function Progress({ title, text, part }: { title: string; text: string; part?: number }) {
  return (
    <>
      <h2 className="font-semibold text-lg tracking-tight">{title}</h2>
      <p role="status" className="mt-2 text-sm text-soft tabular-nums">
        {text}
      </p>
      <progress aria-label={title} value={part} className="mt-3 h-1.5 w-full accent-accent" />
    </>
  );
}
