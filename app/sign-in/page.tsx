import type { SearchParams } from "nuqs/server";
import { signInProvider } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Mark, Title } from "#app/brand";

/** A plain form, so that it works without JavaScript. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { error, next } = await searchParams;
  const provider = signInProvider();
  const failure = provider === null ? undefined : failureOf(error, provider);
  const invalid = error !== undefined && failure === undefined;
  const path = typeof next === "string" ? next : null;
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[18vh] pb-8">
      <Title>Sign in</Title>
      <div className="w-full max-w-80">
        <Mark className="size-9" />
        <h1 className="mt-5 font-semibold text-xl tracking-tight">Sign in to Vitrine</h1>
        {provider === null ? (
          <p className="mt-1 text-soft text-sm">Enter an API key for this server.</p>
        ) : (
          <>
            {failure && (
              <p role="alert" className="mt-3 rounded-md border border-danger/30 bg-danger-wash px-3 py-2 text-sm">
                {failure}
              </p>
            )}
            {/* The server redirects to the provider: a link of Next would prefetch it. */}
            <a
              href={`/sign-in/openid${path === null ? "" : `?next=${encodeURIComponent(path)}`}`}
              className={buttonClass("primary", "mt-6 h-9 w-full")}
            >
              <span className="truncate">Sign in with {provider}</span>
            </a>
            <p className="mt-6 flex items-center gap-3 text-faint text-xs before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
              or
            </p>
          </>
        )}
        <form method="post" action="/api/sign-in">
          {path !== null && <input type="hidden" name="next" value={path} />}
          <label htmlFor="key" className={`mb-1.5 block font-medium text-sm ${provider === null ? "mt-6" : "mt-4"}`}>
            API key
          </label>
          <TextField
            id="key"
            name="key"
            type="password"
            required
            autoFocus={provider === null || invalid}
            autoComplete="current-password"
            aria-invalid={invalid || undefined}
            aria-describedby={invalid ? "key-error" : undefined}
            className="h-9 w-full font-mono"
          />
          {invalid && (
            <p id="key-error" role="alert" className="mt-2 text-danger text-sm">
              {error === "limit"
                ? "Too many invalid API keys from your address. Try again in a minute; a valid key works at once."
                : "Invalid API key."}
            </p>
          )}
          <button type="submit" className={buttonClass(provider === null ? "primary" : "plain", "mt-4 h-9 w-full")}>
            Sign in
          </button>
        </form>
      </div>
    </main>
  );
}

/** Why somebody who came back from the provider is not signed in. */
function failureOf(error: string | string[] | undefined, provider: string): string | undefined {
  switch (error) {
    case "unavailable":
      return `${provider} cannot be reached at the moment. Try again in a minute.`;
    case "expired":
      return "This sign-in has expired, or was used already. Start again.";
    case "denied":
      return `${provider} did not sign you in: access was denied.`;
    case "rejected":
      return `The response of ${provider} could not be verified. Try again; the log of the server says why.`;
    case "role":
      return `${provider} knows you, but none of your groups has access to Vitrine. Ask an administrator to add you.`;
    default:
      return undefined;
  }
}
