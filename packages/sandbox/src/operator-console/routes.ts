import { Hono } from "hono";
import { z } from "zod";
import type { Service } from "../kernel/kernel.ts";
import { ConsoleRefusal } from "./console-refusal.ts";
import { indexPage } from "./index-page.ts";
import type { OperatorConsole } from "./operator-console.ts";

const IdentitySource = z.strictObject({ metadata: z.string(), confirmation: z.string() });
const SignInRequest = z.strictObject({ userName: z.string() });

/** The operator console over HTTP: JSON in and out, `{ error, message }` for a refusal. */
export function makeConsoleRoutes(operatorConsole: OperatorConsole): Service {
  const app = new Hono({ strict: false });
  // The page is mounted below /console, which the request no longer shows.
  app.get("/", (c) => c.html(indexPage(`${new URL(c.req.url).origin}/console`, operatorConsole.portalUrl)));
  app.get("/saml/sp-metadata.xml", (c) =>
    c.body(operatorConsole.serviceProviderMetadata(), 200, { "content-type": "application/xml" }),
  );
  app.post("/identity-source", async (c) => {
    // An XML body is the file as a person has it; the word then stands in the query.
    const isFile = c.req.header("content-type")?.includes("xml") === true;
    const change = isFile
      ? { metadata: await c.req.text(), confirmation: c.req.query("confirmation") ?? "" }
      : await readBody(c.req.raw, IdentitySource);
    const provider = operatorConsole.changeIdentitySource(change);
    return c.json({ entityId: provider.entityId, certificates: provider.certificates.length });
  });
  app.post("/provisioning", (c) => c.json(operatorConsole.enableProvisioning()));
  app.get("/provisioning/tokens", (c) => c.json({ tokens: operatorConsole.listTokens() }));
  app.post("/provisioning/tokens", (c) => c.json(operatorConsole.createToken(), 201));
  app.delete("/provisioning/tokens/:id", (c) => {
    operatorConsole.deleteToken(c.req.param("id"));
    return c.body(null, 204);
  });
  app.post("/sign-in", async (c) => {
    const { userName } = await readBody(c.req.raw, SignInRequest);
    return c.json(operatorConsole.signIn(userName));
  });
  app.notFound((c) => c.json({ error: "NotFound", message: "The operator console has no such page." }, 404));
  app.onError((error, c) => {
    if (!(error instanceof ConsoleRefusal)) throw error;
    return c.json({ error: error.name, message: error.message }, error.status);
  });
  return { fetch: (request) => app.fetch(request) };
}

async function readBody<Body>(request: Request, schema: z.ZodType<Body>): Promise<Body> {
  const text = await request.text();
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const members = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw new ConsoleRefusal(400, `The request body is not as expected (${members.join("; ")}).`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConsoleRefusal(400, "The request body is not JSON.");
  }
}
