import type { GivenResponse, Problem, SentRequest } from "../contract.ts";
import { type Member, type Model, type Shape, shapeOf } from "./model.ts";
import { fixedQuery, type RestRoute } from "./rest-route.ts";
import { fromText } from "./text-values.ts";

export interface Located {
  /** Members in path, query and headers, by their name in the model. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly problems: readonly Problem[];
  /** Names of the members in the body. */
  readonly bodyNames: readonly string[];
}

/** Headers `x-amz-…` of signature, streaming and SDK that no operation lists. */
const OF_THE_TRANSPORT =
  /^x-amz-(date|content-sha256|security-token|user-agent|decoded-content-length|trailer|meta-.*)$/;

/** Query parameters of SDKs and presigned addresses. */
const OF_THE_SDK = /^(x-id|X-Amz-.*)$/;

export function locatedInRequest(model: Model, route: RestRoute, request: SentRequest): Located {
  const { input } = route.operation;
  const shape: Shape = input === undefined ? { type: "structure" } : shapeOf(model, input.shape);
  const members: Record<string, unknown> = {};
  const queries = new Set(fixedQuery(route.operation).keys());
  const headers = new Set<string>();
  for (const [name, member] of Object.entries(shape.members ?? {})) {
    const wireName = member.locationName ?? name;
    if (member.location === "querystring") queries.add(wireName);
    if (member.location === "header") headers.add(wireName.toLowerCase());
    const text = textAt(member, wireName, { labels: route.labels, request });
    if (text !== null) members[name] = fromText(shapeOf(model, member.shape), text);
  }
  return {
    members,
    bodyNames: bodyMembers(shape).map(([name]) => name),
    problems: [
      ...[...request.url.searchParams.keys()]
        .filter((name) => !queries.has(name) && !OF_THE_SDK.test(name))
        .map((name) => ({ path: `query:${name}`, message: "the operation has no such parameter" })),
      ...[...request.headers.keys()]
        .filter((name) => name.startsWith("x-amz-") && !headers.has(name) && !OF_THE_TRANSPORT.test(name))
        .map((name) => ({ path: `header:${name}`, message: "the operation has no such header" })),
    ],
  };
}

function textAt(
  member: Member,
  wireName: string,
  { labels, request }: { readonly labels: Readonly<Record<string, string>>; readonly request: SentRequest },
): string | null {
  if (member.location === "uri") return labels[wireName] ?? null;
  if (member.location === "querystring") return request.url.searchParams.get(wireName);
  if (member.location === "header") return request.headers.get(wireName);
  return null;
}

/** Members of an answer that are in its headers. */
export function locatedInResponse(model: Model, shape: Shape, response: GivenResponse): object {
  const found = Object.entries(shape.members ?? {}).flatMap(([name, member]) => {
    if (member.location !== "header") return [];
    const text = response.headers.get(member.locationName ?? name);
    return text === null ? [] : [[name, fromText(shapeOf(model, member.shape), text)]];
  });
  return Object.fromEntries(found) as object;
}

export function bodyMembers({ members = {} }: Shape): [string, Member][] {
  return Object.entries(members).filter(([, { location }]) => location === undefined);
}
