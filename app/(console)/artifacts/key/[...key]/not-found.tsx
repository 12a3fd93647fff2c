import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

export default function KeyNotFound() {
  return (
    <PageMessage title="Key not found">
      <p>Nothing has been published under this key, or it was permanently deleted.</p>
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}
