// A certified OpenID provider (npm's oidc-provider) with one client and people who need no password: the tests' own.
// Arguments: its folder, and the address to which browsers come back.

import http from "node:http";
import { pathToFileURL } from "node:url";

const [folder, back] = process.argv.slice(2);
const cookie = (request, name) => new RegExp(`${name}=([\\w.-]+)`).exec(request.headers.cookie ?? "")?.[1] ?? "";
const methods = new Map();
const { Provider } = await import(pathToFileURL(`${folder}/node_modules/oidc-provider/lib/index.js`));
const server = http.createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [{ client_id: "lisa", client_secret: "geheim+und/lang=", redirect_uris: [back], grant_types: ["authorization_code"], response_types: ["code"] }],
    pkce: { required: () => true },
    features: { devInteractions: { enabled: false } },
    claims: { openid: ["sub", "amr"], profile: ["preferred_username"], email: ["email"] },
    conformIdTokenClaims: false,
    interactions: { url: (_, { uid }) => `/wer/${uid}` },
    cookies: { keys: ["nur", "fuer", "tests"] },
    ttl: { AccessToken: 60, AuthorizationCode: 60, Grant: 600, IdToken: 600, Interaction: 600, Session: 600 },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, preferred_username: `${id}@haus.example`, amr: methods.get(id) }) }),
  });
  const answer = provider.callback();
  server.on("request", async (request, response) => {
    const url = new URL(request.url, issuer);
    if (!url.pathname.startsWith("/wer/")) return answer(request, response);
    const { prompt, params, grantId } = await provider.interactionDetails(request, response);
    if (prompt.name === "login") {
      // Who it is, and how she proves it (RFC 8176), stand in cookies that the test sets.
      const who = cookie(request, "wer") || "niemand";
      methods.set(who, cookie(request, "womit").split(".").filter(Boolean));
      return provider.interactionFinished(request, response, { login: { accountId: who, amr: methods.get(who) } });
    }
    const { accountId } = (await provider.interactionDetails(request, response)).session;
    const grant = grantId ? await provider.Grant.find(grantId) : new provider.Grant({ accountId, clientId: params.client_id });
    grant.addOIDCScope("openid profile email");
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  });
  console.log(JSON.stringify({ issuer }));
});
