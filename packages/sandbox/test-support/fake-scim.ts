/**
 * A status to answer with, 429 with `Retry-After: 1`; a text that is not SCIM; `no-answer` never arrives, `lost-answer` takes
 * effect but is not answered.
 */
export type Weather = "fair" | "no-answer" | "lost-answer" | number | { readonly text: string };

/** The least that a SCIM endpoint of AWS does; written against AWS's documentation for these tests. */
export interface FakeScim {
  token: string;
  /** Address that a provisioning job is given. */
  readonly baseAddress: string;
  readonly users: Map<string, ScimUser>;
  readonly groups: Map<string, ScimGroup>;
  /** `METHOD /path`, in order, with the number of operations' values for a PATCH of members. */
  readonly requests: string[];
  /** What goes wrong with a request; replaceable. */
  weather: (request: Request) => Weather;
  fetch(request: Request): Promise<Response>;
}

interface ScimUser {
  id: string;
  userName: string;
  externalId?: string;
  displayName: string;
  active: boolean;
  name: { givenName: string; familyName: string };
}

interface ScimGroup {
  id: string;
  displayName: string;
  externalId?: string;
  members: Set<string>;
}

interface Operation {
  readonly op: string;
  readonly path: string;
  readonly value: unknown;
}

const BASE = "https://scim.eu-central-1.amazonaws.com/tenant-1/scim/v2";
const LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
const CORE = "urn:ietf:params:scim:schemas:core:2.0";
const UNPARSABLE = "Request is unparsable, syntactically incorrect, or violates schema.";

export function makeFakeScim(): FakeScim {
  const users = new Map<string, ScimUser>();
  const groups = new Map<string, ScimGroup>();
  let ids = 0;
  const scim: FakeScim = {
    token: "right-token",
    baseAddress: BASE,
    users,
    groups,
    requests: [],
    weather: () => "fair",
    async fetch(request) {
      const url = new URL(request.url);
      if (!request.url.startsWith(`${BASE}/`)) throw new TypeError("fetch failed");
      const [type = "", id = ""] = url.pathname.slice(new URL(BASE).pathname.length + 1).split("/");
      scim.requests.push(requestLine(request));
      if (request.headers.get("authorization") !== `Bearer ${scim.token}`)
        return problem(401, "UnauthorizedException");
      if (request.method === "GET" && id !== "") return get(type, id);
      if (request.method === "GET") return list(type, url.searchParams.get("filter") ?? "");
      if (request.method === "DELETE") return remove(type, id);
      const body = (await request.json()) as Record<string, unknown>;
      if (request.method === "POST") return type === "Users" ? createUser(body) : createGroup(body);
      const operations = body["Operations"] as Operation[];
      return type === "Users" ? patchUser(id, operations) : patchGroup(id, operations);
    },
  };

  function list(type: string, filter: string): Response {
    const [, attribute = "", value] = /^(\w+) eq "(.*)"$/.exec(filter) ?? [];
    const all =
      type === "Users" ? [...users.values()] : [...groups.values()].map((one) => ({ ...one, members: [] }));
    const found = all.filter((one) => (one as unknown as Record<string, unknown>)[attribute] === value);
    const Resources = found.map((one) => resource(type, one));
    return Response.json({ schemas: [LIST], totalResults: found.length, Resources });
  }

  function get(type: string, id: string): Response {
    const group = groups.get(id);
    const found = type === "Users" ? users.get(id) : group && { ...group, members: [] };
    return found ? Response.json(resource(type, found)) : problem(404, "ResourceNotFoundException");
  }

  function createUser(body: Record<string, unknown>): Response {
    const user = { ...body, id: `u-${(ids += 1)}` } as ScimUser;
    if (!user.userName || !user.displayName || !user.name?.givenName || !user.name.familyName) {
      return problem(400, UNPARSABLE);
    }
    if ([...users.values()].some(({ userName }) => userName === user.userName))
      return problem(409, "duplicate");
    users.set(user.id, user);
    return Response.json(resource("Users", user), { status: 201 });
  }

  function createGroup(body: Record<string, unknown>): Response {
    const group = { ...body, id: `g-${(ids += 1)}`, members: new Set<string>() } as unknown as ScimGroup;
    if ([...groups.values()].some(({ displayName }) => displayName === group.displayName)) {
      return problem(409, "duplicate");
    }
    groups.set(group.id, group);
    const { id, displayName } = group;
    return Response.json(resource("Groups", { id, displayName }), { status: 201 });
  }

  function patchUser(id: string, operations: readonly Operation[]): Response {
    const user = users.get(id);
    if (!user) return problem(404, "ResourceNotFoundException");
    for (const { path, value } of operations) {
      if (path.startsWith("name.")) Object.assign(user.name, { [path.slice(5)]: value });
      else Object.assign(user, { [path]: value });
    }
    return Response.json(resource("Users", user));
  }

  function patchGroup(id: string, operations: readonly Operation[]): Response {
    const group = groups.get(id);
    if (!group) return problem(404, "ResourceNotFoundException");
    for (const { op, path, value } of operations) {
      if (path !== "members") {
        Object.assign(group, { [path]: value });
        continue;
      }
      const members = value as { value: string }[];
      if (members.length === 0 || members.length > 100) return problem(400, UNPARSABLE);
      for (const member of members) {
        if (op === "add") group.members.add(member.value);
        else group.members.delete(member.value);
      }
    }
    return new Response(null, { status: 204 });
  }

  function remove(type: string, id: string): Response {
    const gone = type === "Users" ? users.delete(id) : groups.delete(id);
    return gone ? new Response(null, { status: 204 }) : problem(404, "ResourceNotFoundException");
  }

  return scim;
}

export function requestLine({ method, url }: Request): string {
  const [type = "", id = ""] = new URL(url).pathname.slice(new URL(BASE).pathname.length + 1).split("/");
  return `${method} /${type}${id && "/{id}"}`;
}

/** With what AWS adds to every resource. */
function resource(type: string, attributes: object): object {
  const resourceType = type.slice(0, -1);
  const time = "2026-03-02T08:00:00Z";
  return {
    ...attributes,
    schemas: [`${CORE}:${resourceType}`],
    meta: { resourceType, created: time, lastModified: time },
  };
}

function problem(status: number, detail: string): Response {
  const schemas = ["urn:ietf:params:scim:api:messages:2.0:Error"];
  return Response.json({ schemas, schema: schemas, detail, status: String(status) }, { status });
}
