import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Visitor } from "./journey.ts";

/** Reads the pages as text, follows their links and sends their forms, as a browser without scripts does. */
export function httpVisitor(folder: string): Visitor {
  async function download(url: string, name: string): Promise<string> {
    const path = join(folder, name);
    writeFileSync(path, (await open(url)).text);
    return path;
  }

  return {
    async downloadServiceProviderMetadata(settingsUrl) {
      const metadataPage = await toMetadataPage(settingsUrl);
      return download(link(metadataPage, "Download metadata file"), "sp.xml");
    },
    async downloadEntraMetadata(entraUrl) {
      return download(link(await open(entraUrl), "Download"), "entra.xml");
    },
    async changeIdentitySource(settingsUrl, metadataFile) {
      const metadata = new File([readFileSync(metadataFile)], "entra.xml", { type: "text/xml" });
      const review = await submit(await toMetadataPage(settingsUrl), { metadata });
      return (await submit(review, { confirmation: "ACCEPT" })).text;
    },
    async enableProvisioning(settingsUrl) {
      const { text } = await submit(await open(settingsUrl), {});
      const [endpoint = "", token = ""] = [...text.matchAll(/<code class="copy">([^<]+)</g)].map(
        ([, code]) => code,
      );
      return { endpoint, token };
    },
    async openPortal(portalUrl) {
      return (await open(portalUrl)).text.replaceAll(/<[^>]+>/g, "");
    },
  };
}

interface OpenPage {
  readonly url: string;
  readonly text: string;
}

async function open(url: string, init?: RequestInit): Promise<OpenPage> {
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return { url: response.url, text };
}

async function toMetadataPage(settingsUrl: string): Promise<OpenPage> {
  const choice = await open(link(await open(settingsUrl), "Change identity source"));
  return submit(choice, { source: "external" });
}

function link({ url, text }: OpenPage, name: string): string {
  const href = new RegExp(`<a [^>]*href="([^"]+)"[^>]*>${name}</a>`).exec(text)?.[1];
  if (href === undefined) throw new Error(`${url} has no link "${name}"`);
  return new URL(href, url).href;
}

/** Sends the page's one form, its hidden fields included. */
async function submit(
  { url, text }: OpenPage,
  fields: Readonly<Record<string, string | File>>,
): Promise<OpenPage> {
  const form = /<form[^>]*method="post"[^>]*>[\s\S]*?<\/form>/.exec(text)?.[0] ?? "";
  const action = /action="([^"]+)"/.exec(form)?.[1];
  if (action === undefined) throw new Error(`${url} has no form`);
  const body = new FormData();
  for (const [, name = "", value = ""] of form.matchAll(
    /<input type="hidden" name="([^"]+)" value="([^"]*)"/g,
  )) {
    body.set(name, unescapeHtml(value));
  }
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return open(new URL(action, url).href, { method: "POST", body });
}

function unescapeHtml(text: string): string {
  const names: Readonly<Record<string, string>> = { lt: "<", gt: ">", quot: '"', "#39": "'", amp: "&" };
  return text.replaceAll(/&(lt|gt|quot|#39|amp);/g, (_, name: string) => names[name] ?? "");
}
