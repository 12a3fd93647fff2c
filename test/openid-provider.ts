import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import Provider, { type Configuration, type JWK } from "oidc-provider";

export const CLIENT = { clientId: "vitrine", clientSecret: "the-secret-of-this-client" };

/** What the provider says of somebody, by the name that they enter. */
interface Account {
  name: string;
  email?: string;
  groups: string[];
}

/** A real OpenID Connect provider on a free port. Its sign-in form asks for a name only. */
export interface TestProvider extends AsyncDisposable {
  issuer: string;
  accounts: Map<string, Account>;
  /** Starts it anew, with other keys. */
  restart(redirectUrls: string[]): void;
  /** Changes the claims of ID tokens, which are then signed again. */
  alter: ((claims: Record<string, unknown>) => Record<string, unknown>) | undefined;
  /** Whether they are signed with a key that it does not publish. */
  signsWithOtherKey: boolean;
  /** While it is down, it closes every connection. */
  isDown: boolean;
}

export async function startProvider(): Promise<TestProvider> {
  let handle: (request: IncomingMessage, response: ServerResponse) => void = (_, response) => response.destroy();
  const server = createServer((request, response) =>
    provider.isDown ? request.socket.destroy() : handle(request, response),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const issuer = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  const accounts = new Map<string, Account>();
  let restarts = 0;
  const provider: TestProvider = {
    issuer,
    accounts,
    isDown: false,
    alter: undefined,
    signsWithOtherKey: false,
    restart(redirectUrls) {
      restarts += 1;
      const own = newKey(`key-${restarts}`);
      const other = newKey(own.jwk.kid);
      const respond = createHandler(issuer, {
        clients: [
          {
            client_id: CLIENT.clientId,
            client_secret: CLIENT.clientSecret,
            redirect_uris: redirectUrls,
            post_logout_redirect_uris: redirectUrls.map((url) => url.replace(/\/callback$/, "")),
            ...ES256,
          },
        ],
        jwks: { keys: [own.jwk] },
        ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
        cookies: { keys: [`cookies-${restarts}`] },
        claims: { openid: ["sub", "groups"], profile: ["name"], email: ["email"] },
        findAccount: (_, id) => {
          const account = accounts.get(id);
          return account && { accountId: id, claims: () => ({ ...account, sub: `subject-of-${id}` }) };
        },
      });
      handle = (request, response) => {
        const { alter = (claims) => claims, signsWithOtherKey } = provider;
        if (request.url === "/token") signAgain(response, signsWithOtherKey ? other.key : own.key, alter);
        respond(request, response);
      };
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return provider;
}

const ES256 = { id_token_signed_response_alg: "ES256" } as const;

function newKey(kid: string): { key: KeyObject; jwk: JWK & { kid: string } } {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { kty, crv, x, y, d } = privateKey.export({ format: "jwk" });
  return { key: privateKey, jwk: { kty, crv, x, y, d, kid, use: "sig", alg: "ES256" } };
}

/** Replaces the ID token of a response by one with other claims. */
function signAgain(response: ServerResponse, key: KeyObject, alter: NonNullable<TestProvider["alter"]>): void {
  const end = response.end.bind(response);
  response.end = (body: unknown) => {
    const { id_token: token, ...others } = JSON.parse(String(body));
    if (typeof token !== "string") return end(body);
    const [header = "", payload = ""] = token.split(".");
    const claims = alter(JSON.parse(Buffer.from(payload, "base64url").toString()));
    const signed = `${header}.${Buffer.from(JSON.stringify(claims)).toString("base64url")}`;
    const signature = sign("sha256", new Uint8Array(Buffer.from(signed)), { key, dsaEncoding: "ieee-p1363" });
    const altered = JSON.stringify({ ...others, id_token: `${signed}.${signature.toString("base64url")}` });
    response.setHeader("content-length", Buffer.byteLength(altered));
    return end(altered);
  };
}

function createHandler(issuer: string, configuration: Configuration) {
  const provider = new Provider(issuer, {
    ...configuration,
    features: {
      devInteractions: { enabled: false },
      // Its own page loads a font from another site.
      rpInitiatedLogout: {
        logoutSource(ctx, form) {
          ctx.body = `<title>Provider</title>${form}<button form="op.logoutForm" name="logout" value="yes">Sign out everywhere</button>`;
        },
      },
    },
    interactions: { url: (_, { uid }) => `/form/${uid}` },
    // Nobody is asked whether this client may know them.
    async loadExistingGrant({ oidc }) {
      const grant = new oidc.provider.Grant({
        ...(oidc.session?.accountId && { accountId: oidc.session.accountId }),
        ...(oidc.client && { clientId: oidc.client.clientId }),
      });
      grant.addOIDCScope("openid profile email");
      await grant.save();
      return grant;
    },
  });
  const respond = provider.callback();
  return (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "", issuer);
    if (!url.pathname.startsWith("/form/")) return void respond(request, response);
    const name = url.searchParams.get("name");
    if (name !== null) {
      const result = name === "" ? { error: "access_denied" } : { login: { accountId: name } };
      return void provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
    }
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(
      `<title>Provider</title><form><label>Name <input name="name"></label><button>Continue</button></form>`,
    );
  };
}
