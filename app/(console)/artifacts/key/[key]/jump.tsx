import { useRouter } from "next/navigation";
import { TextField } from "#app/_ui/field";
import { historyHref } from "./view";

/** Opens a version by its number, also without JavaScript. */
export function Jump({ artifactKey, latest }: { artifactKey: string; latest: number }) {
  const router = useRouter();
  return (
    <form
      action={historyHref(artifactKey)}
      onSubmit={(event) => {
        event.preventDefault();
        const version = Number(new FormData(event.currentTarget).get("version"));
        if (version) router.push(historyHref(artifactKey, { version }), { scroll: false });
      }}
    >
      <TextField
        type="number"
        name="version"
        min={1}
        max={latest}
        required
        placeholder="Go to version"
        aria-label="Go to version"
        className="w-32"
      />
    </form>
  );
}
