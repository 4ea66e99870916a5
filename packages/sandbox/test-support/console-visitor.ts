import { makeTestSandbox, type TestSandbox } from "./test-sandbox.ts";

export const IDP_METADATA = `<?xml version="1.0"?>
<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" ID="_1" entityID="https://sts.windows.net/t/">
<IDPSSODescriptor><KeyDescriptor><ds:X509Certificate>AAAA</ds:X509Certificate>
<ds:X509Certificate>BB\nBB</ds:X509Certificate></KeyDescriptor></IDPSSODescriptor></EntityDescriptor>`;

export interface ShownPage {
  readonly status: number;
  readonly html: string;
  /** Without tags, white space as one space. */
  readonly text: string;
  readonly headers: Headers;
  /** Where the answer redirects to; null for a page. */
  readonly location: string | null;
}

export interface ConsoleVisitor {
  readonly test: TestSandbox;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<ShownPage>;
  post(
    path: string,
    fields?: Readonly<Record<string, string | File>>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<ShownPage>;
  /** Makes the identity source external, without the pages. */
  connect(): void;
}

/** Somebody at the console of a new sandbox. Paths begin after `/console`. */
export function makeConsoleVisitor(): ConsoleVisitor {
  const test = makeTestSandbox();

  async function send(path: string, init: RequestInit): Promise<ShownPage> {
    const request = new Request(`http://127.0.0.1/console${path}`, init);
    const response = await test.sandbox.fetch(request);
    const html = await response.text();
    const text = html.replaceAll(/<[^>]+>/g, " ").replaceAll(/\s+/g, " ");
    const location = response.headers.get("location")?.replace("/console", "") ?? null;
    return { status: response.status, html, text, headers: response.headers, location };
  }
  return {
    test,
    get: (path, headers = {}) => send(path, { headers }),
    post(path, fields = {}, headers = {}) {
      const body = new FormData();
      for (const [name, value] of Object.entries(fields)) body.set(name, value);
      return send(path, { method: "POST", body, headers });
    },
    connect() {
      test.sandbox.console.changeIdentitySource({ metadata: IDP_METADATA, confirmation: "ACCEPT" });
    },
  };
}
