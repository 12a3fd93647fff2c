import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useApi } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { toast } from "#app/_ui/toast";
import type { SavedView } from "#contract/view";
import { focusMain } from "../../../_shell/focus-main";
import type { View } from "../view";
import { savedHref } from "./saved-view";

/** Changes a view; `done` is the notification of a change. */
export function useUpdateView(done: (view: SavedView) => string, onDone?: (view: SavedView) => void) {
  const refresh = useRefresh();
  return useMutation(
    useApi().view.update.mutationOptions({
      onSuccess: (view) => {
        toast(done(view));
        onDone?.(view);
        refresh();
      },
      onError: toastError,
    }),
  );
}

/** Makes a view the one that the reader's list opens with, or ends that. */
export function useDefaultView() {
  const refresh = useRefresh();
  return useMutation(
    useApi().view.setDefault.mutationOptions({
      onSuccess: ({ id }) => {
        toast(id === null ? "Artifacts open with all artifacts" : "Artifacts open with this view");
        refresh();
      },
      onError: toastError,
    }),
  );
}

/** Deletes a view without confirmation, and offers Undo: then it has its id again, and is the default if it was. */
export function useDeleteView() {
  const api = useApi();
  const router = useRouter();
  const refresh = useRefresh();
  const restoreDefault = useMutation(api.view.setDefault.mutationOptions({ onSuccess: refresh, onError: toastError }));
  const restore = useMutation(api.view.create.mutationOptions({ onError: toastError }));
  const deletion = useMutation(api.view.remove.mutationOptions({ onError: toastError }));
  // The panel, or the bar of an open view, may be closed by now, and callbacks of `mutate` with it. Errors are shown above.
  const undo = async ({ isDefault, created, updated, ...view }: SavedView, shown: View) => {
    const restored = await restore.mutateAsync(view).catch(() => null);
    if (!restored) return;
    deletion.reset();
    toast(`Restored ${view.name}`);
    if (isDefault) restoreDefault.mutate({ id: view.id });
    if (shown.view === view.id) router.push(savedHref(restored, shown.asOf));
    refresh();
  };
  /** Deletes a view; `shown` is what the list shows. `moveFocus` is called before the button that deleted it is gone. */
  const deleteView = async (view: SavedView, shown: View, moveFocus = focusMain) => {
    const deleted = await deletion.mutateAsync({ id: view.id }).catch(() => null);
    if (!deleted) return;
    moveFocus();
    toast(`Deleted ${view.name}`, { action: { label: "Undo", run: () => undo(view, shown) } });
    if (shown.view === view.id) router.push(savedHref({ ...view, id: "none" }, shown.asOf));
    refresh();
  };
  // A deleted view is listed until the list is loaded again.
  const deletedId = deletion.isError ? undefined : deletion.variables?.id;
  return { deletedId, deleteView };
}
