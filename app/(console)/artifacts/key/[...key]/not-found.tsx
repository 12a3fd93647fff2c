import Link from "next/link";
import { account } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

/** What a reader who is limited to keys does not reach looks as if it did not exist. */
export default async function KeyNotFound() {
  const keys = (await account())?.keys ?? null;
  return (
    <PageMessage title="Key not found">
      <p>Nothing has been published under this key, or it was permanently deleted.</p>
      {keys !== null && (
        <p className="mt-2 [overflow-wrap:anywhere]">
          You have access only to keys that match{" "}
          <span className="font-mono text-sm">{keys.replaceAll(",", ", ")}</span>.
        </p>
      )}
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}
