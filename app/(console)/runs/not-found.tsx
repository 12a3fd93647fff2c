import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../_shell/page-error";

export default function RunNotFound() {
  return (
    <PageMessage title="There is no run with this id">
      <p>Nobody told of it here, or it was deleted. What it produced is still among the artifacts.</p>
      <Link href="/runs" className={buttonClass("plain", "mt-5")}>
        All runs
      </Link>
    </PageMessage>
  );
}
