import { Hono } from "hono";
import * as z from "zod";
import { ConsoleRefusal } from "./console-refusal.ts";
import type { OperatorConsole } from "./operator-console.ts";

const IdentitySource = z.strictObject({ metadata: z.string(), confirmation: z.string() });
const ImportCertificate = z.strictObject({ certificate: z.string() });
const SignInRequest = z.strictObject({ userName: z.string() });

/** The console's steps for scripts: JSON in and out. */
export function makeConsoleApi(operatorConsole: OperatorConsole): Hono {
  const app = new Hono();
  app.get("/saml/sp-metadata.xml", (c) =>
    c.body(operatorConsole.serviceProviderMetadata(), 200, { "content-type": "application/xml" }),
  );
  app.get("/identity-source", (c) => c.json(describeSource(operatorConsole)));
  app.post("/identity-source", async (c) => {
    // An XML body is the file as a person has it; the word is then in the query.
    const isFile = c.req.header("content-type")?.includes("xml") === true;
    const change = isFile
      ? { metadata: await c.req.text(), confirmation: c.req.query("confirmation") ?? "" }
      : await readBody(c.req.raw, IdentitySource);
    operatorConsole.changeIdentitySource(change);
    return c.json(describeSource(operatorConsole));
  });
  app.get("/identity-source/certificates", (c) =>
    c.json({ certificates: operatorConsole.listCertificates() }),
  );
  app.post("/identity-source/certificates", async (c) => {
    const { certificate } = await readBody(c.req.raw, ImportCertificate);
    return c.json(operatorConsole.importCertificate(certificate), 201);
  });
  app.delete("/identity-source/certificates/:thumbprint", (c) => {
    operatorConsole.deleteCertificate(c.req.param("thumbprint"));
    return c.body(null, 204);
  });
  app.get("/provisioning", (c) => c.json({ endpoint: operatorConsole.scimEndpoint() }));
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
  return app;
}

/** `entityId` is null while the identity source is the Identity Center directory. */
function describeSource(operatorConsole: OperatorConsole) {
  const provider = operatorConsole.identityProvider();
  return { entityId: provider?.entityId ?? null, certificates: provider?.certificates.length ?? 0 };
}

async function readBody<Body>(request: Request, schema: z.ZodType<Body>): Promise<Body> {
  const parsed = schema.safeParse(parseJson(await request.text()));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join(".") || "body";
  const members = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw new ConsoleRefusal(400, `The request body is not as expected (${members.join("; ")}).`, {
    field,
    remedy: "Send the members that docs/practice.md names for this step.",
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConsoleRefusal(400, "The request body is not JSON.", {
      field: "body",
      remedy: "Send a JSON document.",
    });
  }
}
