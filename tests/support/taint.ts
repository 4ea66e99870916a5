import { inspect } from "node:util";
import type { Layer } from "@landbridge/sandbox";
import { onTestFinished, vi } from "vitest";
import type { aFlowHost, FlowHost } from "./flow-host.ts";

/** Who must know tokens: the secret store, the two ends of provisioning, and the console that creates them. */
const ENTITLED: ReadonlySet<string> = new Set(["secretsmanager", "scim", "graph", "console"]);

interface Taints {
  /** Everything that was written, answered, logged, emitted or thrown, where no token may be. */
  readonly sinks: string[];
  readonly options: Pick<Parameters<typeof aFlowHost>[0] & object, "layers" | "invoke">;
}

/** Reads along everywhere but where tokens have to go. `nearest`: layers between this one and the services. */
export function watchForTaints(...nearest: Layer[]): Taints {
  const sinks: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    const spy = vi.spyOn(stream, "write").mockImplementation((chunk) => {
      sinks.push(String(chunk));
      return true;
    });
    onTestFinished(() => spy.mockRestore());
  }
  return {
    sinks,
    options: {
      layers: [
        (service, inner) => ({
          async fetch(request) {
            if (ENTITLED.has(service)) return inner.fetch(request);
            const { url, headers } = request;
            sinks.push(url, JSON.stringify([...headers]), await request.clone().text());
            const response = await inner.fetch(request);
            sinks.push(await response.clone().text());
            return response;
          },
        }),
        ...nearest,
      ],
      async invoke(name, payload, handler) {
        sinks.push(name, JSON.stringify(payload));
        try {
          const result = await handler();
          sinks.push(JSON.stringify(result));
          return result;
        } catch (error) {
          sinks.push(inspect(error, { depth: 12 }));
          throw error;
        }
      },
    },
  };
}

/** Pages of the operator console that anybody may open at any time. */
export async function consolePagesOf({ sandbox }: FlowHost): Promise<string> {
  const paths = ["", "/settings", "/settings/provisioning", "/entra"];
  const pages = paths.map((path) => sandbox.fetch(new Request(`http://127.0.0.1/console${path}`)));
  return (await Promise.all((await Promise.all(pages)).map((page) => page.text()))).join("\n");
}
