import { JsonSchemas } from "../json-schema.ts";
import type { ScimAttribute, ScimEndpoint, ScimFacts } from "./scim-facts.ts";

type Schema = Readonly<Record<string, unknown>>;

const TEXT = { type: "string" };
const TEXTS = { type: "array", items: TEXT };
const ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

/** Set by the service; a client may repeat them. */
const OF_THE_SERVICE = { id: TEXT, schemas: { ...TEXTS, minItems: 1 }, meta: { type: "object" } };

/** Schemas of bodies by name: `UserRequest`, `GroupRequest`, `User`, `Group`, and the other answers of the endpoint. */
export function makeResourceSchemas({ endpoint, resourceSchemas }: ScimFacts): JsonSchemas {
  const attributesOf = (ending: string) =>
    resourceSchemas.find(({ id }) => id.endsWith(ending))?.attributes ?? [];
  const user = {
    ...OF_THE_SERVICE,
    externalId: TEXT,
    ...propertiesOf(attributesOf("core:2.0:User"), endpoint.attributes.User.unsupported),
    [ENTERPRISE]: objectOf(attributesOf("enterprise:2.0:User"), []),
  };
  const group = {
    ...OF_THE_SERVICE,
    externalId: TEXT,
    ...propertiesOf(attributesOf("core:2.0:Group"), endpoint.attributes.Group.unsupported),
  };
  const answered = ["id", "schemas", "meta"];
  const { groups: _readOnly, ...writableUser } = user as Readonly<Record<string, unknown>>;
  return new JsonSchemas({
    UserRequest: { ...closed(writableUser), ...requirements(endpoint.attributes.User.required) },
    GroupRequest: {
      ...closed({ ...group, members: { ...membersSchema(endpoint) } }),
      ...requirements(endpoint.attributes.Group.required),
    },
    User: { ...closed(user), required: [...answered, "userName"] },
    Group: {
      ...closed({ ...group, members: { type: "array", maxItems: 0 } }),
      required: [...answered, "displayName"],
    },
    "ListResponse<User>": listOf("User"),
    "ListResponse<Group>": listOf("Group"),
    ServiceProviderConfig: {
      type: "object",
      required: ["schemas", "patch", "filter", "authenticationSchemes"],
    },
    Schema: { type: "object", required: ["id", "attributes"] },
    ResourceType: { type: "object", required: ["endpoint", "schema"] },
    "ListResponse<Schema>": listOf("Schema"),
    "ListResponse<ResourceType>": listOf("ResourceType"),
    // AWS documents no error body; this is what was seen (endpoint.json, errorBody.observed).
    Error: {
      type: "object",
      properties: {
        schemas: TEXTS,
        schema: TEXTS,
        detail: TEXT,
        status: { type: "string", pattern: "^[45]\\d\\d$" },
      },
    },
  });
}

/** At most one value in the multi-valued attributes of a user (the rules of CreateUser). */
function propertiesOf(attributes: readonly ScimAttribute[], unsupported: readonly string[]): Schema {
  return Object.fromEntries(
    attributes
      .filter(({ name }) => !unsupported.includes(name))
      .map((attribute) => [attribute.name, schemaOf(attribute, unsupported)]),
  );
}

function schemaOf(attribute: ScimAttribute, unsupported: readonly string[]): Schema {
  const single = attribute.subAttributes
    ? objectOf(
        attribute.subAttributes,
        unsupported.flatMap((name) =>
          name.startsWith(`${attribute.name}.`) ? [name.slice(attribute.name.length + 1)] : [],
        ),
      )
    : { type: attribute.type === "boolean" ? "boolean" : "string" };
  if (!attribute.multiValued) return single;
  const oneOnly = attribute.mutability === "readWrite" && attribute.name !== "members";
  return { type: "array", items: single, ...(oneOnly && { maxItems: 1 }) };
}

function objectOf(attributes: readonly ScimAttribute[], unsupported: readonly string[]): Schema {
  const properties = propertiesOf(attributes, unsupported);
  // Every sample of AWS has it, the list of schemas leaves it out of addresses.
  return closed({ ...properties, ...("streetAddress" in properties && { primary: { type: "boolean" } }) });
}

function closed(properties: Schema): Schema {
  return { type: "object", properties, additionalProperties: false };
}

/** `name.givenName` as a requirement of `name` and of `givenName` in it. */
function requirements(paths: readonly string[]): Schema {
  const all = paths.map((path) => {
    const [name = "", inner] = path.split(".");
    const nested = inner !== undefined && { properties: { [name]: { required: [inner] } } };
    return { required: [name], ...nested };
  });
  return { allOf: all };
}

function membersSchema({ operations }: ScimEndpoint): Schema {
  const limit = operations.find(({ name }) => name === "CreateGroup")?.limits?.members;
  return { type: "array", items: memberSchema, maxItems: limit };
}

export const memberSchema: Schema = {
  type: "object",
  required: ["value"],
  properties: { value: TEXT, type: TEXT, $ref: TEXT },
  additionalProperties: false,
};

function listOf(name: string): Schema {
  return {
    type: "object",
    required: ["schemas", "Resources"],
    properties: {
      schemas: TEXTS,
      totalResults: { type: "integer", minimum: 0 },
      itemsPerPage: { type: "integer", minimum: 0 },
      startIndex: { type: "integer" },
      nextCursor: TEXT,
      Resources: { type: "array", items: { $ref: `#/${name}` } },
    },
    additionalProperties: false,
  };
}
