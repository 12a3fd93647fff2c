import { connect } from "vitrine-client/node";
import { publishNote } from "./actions";

const vitrine = connect();

/** Every request reads the newest versions. */
export const dynamic = "force-dynamic";

export default async function Page() {
  const notes = await vitrine.artifact.list.query({
    where: { artifacts: { key: { any: ["notes"] } } },
    include: ["data"],
    limit: 10,
  });
  return (
    <main>
      <form action={publishNote}>
        <textarea name="text" aria-label="Note" required />
        <button type="submit">Publish</button>
      </form>
      {notes.map(({ id, version, data }) => (
        <article key={id}>
          <a href={`${vitrine.url}/artifacts/${id}`}>Version {version}</a>
          <pre>{String(data)}</pre>
        </article>
      ))}
    </main>
  );
}
