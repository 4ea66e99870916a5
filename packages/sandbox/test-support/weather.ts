import type { Service } from "../src/kernel/kernel.ts";
import { type FakeScim, requestLine } from "./fake-scim.ts";

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
