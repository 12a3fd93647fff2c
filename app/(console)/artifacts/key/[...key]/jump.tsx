import { TextField } from "#app/_ui/field";
import { openHere } from "#app/_ui/shallow-link";
import { keyHref } from "../../../_list/artifact-url";
import { useView } from "./use-view";

/** Opens a version by its number, also without JavaScript. */
export function Jump({ artifactKey, newest }: { artifactKey: string; newest: number }) {
  const { hrefOf } = useView(artifactKey);
  return (
    <form
      action={keyHref(artifactKey)}
      onSubmit={(event) => {
        event.preventDefault();
        const version = Number(new FormData(event.currentTarget).get("version"));
        if (version) openHere(hrefOf({ version, from: null }));
      }}
    >
      <TextField
        type="number"
        name="version"
        min={1}
        max={newest}
        required
        placeholder="Go to version"
        aria-label="Go to version"
        className="w-32"
      />
    </form>
  );
}
