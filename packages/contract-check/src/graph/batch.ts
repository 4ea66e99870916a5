import { type GivenResponse, PROBE_ORIGIN, type SentRequest } from "../contract.ts";
import { parseJson } from "../json-schema.ts";

export interface BatchItem {
  /** Index among the requests. */
  readonly at: number;
  readonly request: SentRequest;
  readonly response: GivenResponse | null;
}

interface Item {
  readonly id?: string;
  readonly method?: string;
  readonly url?: string;
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
}

/**
 * The items of a batch as single exchanges (Microsoft Graph, "Combine multiple HTTP requests using JSON batching"). Malformed
 * items are left to the schema of the envelope.
 */
export function itemsOf(request: SentRequest, response: GivenResponse | null): BatchItem[] {
  const answers = response === null ? [] : listIn(response.body, "responses");
  return listIn(request.body, "requests").flatMap((item, at) => {
    if (typeof item.url !== "string" || typeof item.method !== "string") return [];
    const answer = answers.find(({ id }) => id === item.id);
    return [
      {
        at,
        request: {
          method: item.method,
          url: new URL(`${PROBE_ORIGIN}/v1.0/${item.url.replace(/^\//, "")}`),
          headers: new Headers(item.headers),
          body: bodyOf(item),
        },
        response:
          answer === undefined
            ? null
            : { status: answer.status ?? 0, headers: new Headers(answer.headers), body: bodyOf(answer) },
      },
    ];
  });
}

function listIn(body: string, name: string): Item[] {
  const parsed = parseJson(body);
  if ("problem" in parsed) return [];
  const list = (parsed.value as Readonly<Record<string, unknown>> | null)?.[name];
  return Array.isArray(list) ? (list as Item[]) : [];
}

function bodyOf({ body }: Item): string {
  return body === undefined ? "" : JSON.stringify(body);
}
