import type { Service } from "../../kernel/kernel.ts";
import { type FakeScim, requestLine } from "./fake-scim.ts";

/**
 * A status to answer with, 429 with `Retry-After: 1`; a text that is not SCIM; `no-answer` never arrives, `lost-answer` takes
 * effect but is not answered.
 */
export type Weather = "fair" | "no-answer" | "lost-answer" | number | { readonly text: string };

/** The connection to the endpoint, where faults happen. */
export function throughWeather(scim: FakeScim, endpoint: Service): Service {
  return {
    async fetch(request) {
      const weather = scim.weather(request);
      if (weather === "fair") return endpoint.fetch(request);
      if (weather === "lost-answer") await endpoint.fetch(request);
      else scim.requests.push(requestLine(request));
      if (typeof weather === "string") throw new TypeError("fetch failed");
      if (typeof weather === "object") return new Response(weather.text);
      return new Response("Trouble", { status: weather, headers: { "Retry-After": "1" } });
    },
  };
}
