import { type Json, makeTestSandbox, type TestSandbox } from "./test-sandbox.ts";

export interface ScimAnswer {
  readonly status: number;
  readonly body: Json;
  /** What the endpoint omits from its body. */
  readonly reason: string | null;
}

export interface TestScim extends TestSandbox {
  /** Path below the SCIM base address. */
  readonly send: (method: string, path: string, body?: unknown, token?: string) => Promise<ScimAnswer>;
  readonly token: string;
}

/** A sandbox with automatic provisioning enabled and one token. */
export function makeTestScim(): TestScim {
  const test = makeTestSandbox();
  const base = new URL(test.sandbox.states.scim.enable()).pathname;
  const { token } = test.sandbox.states.scim.createToken();
  const send = async (method: string, path: string, body?: unknown, bearer = token): Promise<ScimAnswer> => {
    const response = await test.sandbox.fetch(
      new Request(`http://127.0.0.1/scim${base}${path}`, {
        method,
        headers: { authorization: `Bearer ${bearer}` },
        ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? {} : (JSON.parse(text) as Json),
      reason: response.headers.get("x-sandbox-reason"),
    };
  };
  return { ...test, send, token };
}

export function scimUser(userName: string, changes: Json = {}): Json {
  const name = { givenName: "Ada", familyName: "Lovelace" };
  return { userName, displayName: userName, name, active: true, ...changes };
}
