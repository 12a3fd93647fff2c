import type { Metadata } from "next";
import type { SearchParams } from "nuqs/server";
import { buttonClass } from "#app/_ui/button";
import { TextField } from "#app/_ui/field";
import { Mark } from "#app/brand";

export const metadata: Metadata = { title: "Sign in" };

/** A plain form, so that it works without JavaScript. */
export default async function SignInPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const { error, next } = await searchParams;
  const invalid = error !== undefined;
  return (
    <main className="flex min-h-dvh flex-col items-center px-4 pt-[18vh]">
      <form method="post" action="/api/sign-in" className="w-full max-w-80">
        <Mark className="size-9" />
        <h1 className="mt-5 font-semibold text-xl tracking-tight">Sign in to Vitrine</h1>
        <p className="mt-1 text-soft text-sm">Enter an API key for this server.</p>
        {typeof next === "string" && <input type="hidden" name="next" value={next} />}
        <label htmlFor="key" className="mt-6 mb-1.5 block font-medium text-sm">
          API key
        </label>
        <TextField
          id="key"
          name="key"
          type="password"
          required
          autoFocus
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
        <button type="submit" className={buttonClass("primary", "mt-4 h-9 w-full")}>
          Sign in
        </button>
      </form>
    </main>
  );
}
