import Link from "next/link";
import type { ApiError } from "#app/_data/error";
import { Age, Timestamp } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";
import { RestoreButton } from "./restore-button";

/** The page of a version that is in the trash. */
export function DeletedArtifact({ id, error, removedAt }: { id: string; error: ApiError; removedAt: string }) {
  const { key, version } = error;
  return (
    <PageMessage title={key ? `v${version} of ${key} is in the trash` : "This artifact is in the trash"}>
      <p>
        It was deleted <Age of={removedAt} suffix=" ago" />, on <Timestamp of={removedAt} />.
      </p>
      <div className="mt-5 flex flex-wrap justify-center gap-2">
        <RestoreButton id={id} />
        <Link href={key ? `/trash?key=${key}` : "/trash"} className={buttonClass("quiet")}>
          Open trash
        </Link>
        {key && (
          <Link href={`/artifacts/key/${key}`} className={buttonClass("quiet")}>
            Other versions
          </Link>
        )}
      </div>
    </PageMessage>
  );
}
