import type { GraphCall } from "./graph-call.ts";
import { FlowError } from "@landbridge/core";
import { type Client, GraphError, type GraphRequest } from "@microsoft/microsoft-graph-client";
import { type GraphObject, graphObject } from "./answer.ts";
import { type AppRegistration, translateError } from "./translate-error.ts";
import { withoutSecret } from "./without-secret.ts";

/** Graph v1.0 in the words the adapters use. Every method @throws {FlowError} as `translateError` says. */
export interface Graph {
  get(call: GraphCall): Promise<GraphObject>;
  /** Null on 404. */
  find(call: GraphCall): Promise<GraphObject | null>;
  /** Every item of every page. */
  list(call: GraphCall): AsyncGenerator<GraphObject>;
  /** A write whose answer is not read. */
  write(method: WriteMethod, call: GraphCall): Promise<void>;
  /** POST whose answer is an object. */
  post(call: GraphCall): Promise<GraphObject>;
}

type WriteMethod = "post" | "patch" | "put";

const GRAPH_ORIGIN = "https://graph.microsoft.com/";

export function makeGraph(client: Client, app: AppRegistration): Graph {
  async function send(call: GraphCall, url: string, act: (request: GraphRequest) => Promise<unknown>) {
    await call.pace?.();
    try {
      return await act(client.api(url));
    } catch (error) {
      if (!(error instanceof GraphError)) throw error;
      const refusal = call.secret === undefined ? error : withoutSecret(error, call.secret);
      throw call.explain?.(refusal) ?? translateError(refusal, call, app);
    }
  }

  function get(call: GraphCall, url = address(call)): Promise<unknown> {
    return send(call, url, (request) => request.get());
  }

  async function find(call: GraphCall): Promise<GraphObject | null> {
    let missing = false;
    const explain = (error: GraphError): null => {
      missing = error.statusCode === 404;
      return null;
    };
    try {
      return graphObject(await get({ ...call, explain }), call.operation);
    } catch (error) {
      if (missing) return null;
      throw error;
    }
  }

  async function* list(call: GraphCall): AsyncGenerator<GraphObject> {
    const visited = new Set<string>();
    let url: string | null = address(call);
    while (url !== null) {
      visited.add(url);
      const page: GraphObject = graphObject(await get(call, url), call.operation);
      yield* page.list("value");
      url = page.optionalText("@odata.nextLink");
      if (url !== null && (!url.startsWith(GRAPH_ORIGIN) || visited.has(url))) {
        throw new FlowError(
          "IncompleteRead",
          `The next page of "${call.operation}" is not in Microsoft Graph, or was already read: ${url}`,
        );
      }
    }
  }

  return {
    get: async (call) => graphObject(await get(call), call.operation),
    find,
    list,
    write: async (method, call) => {
      await send(call, address(call), (request) => request[method](call.body));
    },
    post: async (call) =>
      graphObject(await send(call, address(call), (request) => request.post(call.body)), call.operation),
  };
}

function address({ path, query = {} }: GraphCall): string {
  const pairs = Object.entries(query).map(([key, value]) => `${key}=${encodeURIComponent(value)}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`;
}

/** `startsWith(displayName,'AWS-')` */
export function startsWith(property: string, value: string): string {
  return `startsWith(${property},'${value.replaceAll("'", "''")}')`;
}

/** `displayName eq 'O''Brien'` (OData: a quote in a literal is doubled). */
export function equals(property: string, value: string): string {
  return `${property} eq '${value.replaceAll("'", "''")}'`;
}
