import { ENTERPRISE_SCHEMA, USER_SCHEMA } from "./user-resource.ts";

const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";

type Properties = Readonly<Record<string, unknown>>;

const SINGLE = { multiValued: false, required: false, mutability: "readWrite", returned: "default" };

/** An attribute with text as value (RFC 7643, section 7), unless `properties` say otherwise. */
function text(name: string, properties: Properties = {}): Properties {
  return { name, type: "string", ...SINGLE, caseExact: false, uniqueness: "none", ...properties };
}

function texts(...names: readonly string[]): Properties[] {
  return names.map((name) => text(name));
}

function flag(name: string): Properties {
  return { name, type: "boolean", ...SINGLE };
}

function reference(name: string, referenceTypes: readonly string[], properties: Properties = {}): Properties {
  return text(name, { type: "reference", referenceTypes, ...properties });
}

function complex(
  name: string,
  subAttributes: readonly Properties[],
  properties: Properties = {},
): Properties {
  return { name, type: "complex", ...SINGLE, ...properties, subAttributes };
}

function list(name: string, subAttributes: readonly Properties[], properties: Properties = {}): Properties {
  return complex(name, subAttributes, { multiValued: true, ...properties });
}

function kind(...canonicalValues: readonly string[]): Properties {
  return text("type", { canonicalValues });
}

const READ_ONLY = { mutability: "readOnly" };
const IMMUTABLE = { mutability: "immutable" };
const NOT_UNIQUE = { uniqueness: "none" };
const PLACES = ["work", "home", "other"];

/**
 * The answer of `/Schemas`: it lists less than the endpoint requires (CreateUser also needs a display name) and omits
 * externalId, which the endpoint accepts (AWS SCIM developer guide, ListSchemas).
 */
const SCHEMAS = [
  schema(USER_SCHEMA, "User", [
    text("userName", { required: true, uniqueness: "server" }),
    complex(
      "name",
      [
        text("formatted"),
        text("familyName", { required: true }),
        text("givenName", { required: true }),
        ...texts("middleName", "honorificPrefix", "honorificSuffix"),
      ],
      NOT_UNIQUE,
    ),
    ...texts("displayName", "nickName"),
    reference("profileUrl", ["external"]),
    ...texts("title", "userType", "preferredLanguage", "locale", "timezone"),
    flag("active"),
    list("emails", [text("value"), kind(...PLACES), flag("primary")], NOT_UNIQUE),
    list("phoneNumbers", [
      text("value"),
      kind("work", "home", "mobile", "fax", "pager", "other"),
      flag("primary"),
    ]),
    list(
      "addresses",
      [
        ...texts("formatted", "streetAddress", "locality", "region", "postalCode", "country"),
        kind(...PLACES),
      ],
      NOT_UNIQUE,
    ),
    list(
      "groups",
      [
        text("value", READ_ONLY),
        reference("$ref", ["User", "Group"], READ_ONLY),
        text("type", { ...READ_ONLY, canonicalValues: ["direct", "indirect"] }),
      ],
      READ_ONLY,
    ),
    list("roles", [text("value"), kind(), flag("primary")]),
  ]),
  schema(GROUP_SCHEMA, "Group", [
    text("displayName", { required: true }),
    list("members", [
      text("value", IMMUTABLE),
      reference("$ref", ["User", "Group"], IMMUTABLE),
      text("type", { ...IMMUTABLE, canonicalValues: ["User", "Group"] }),
    ]),
  ]),
  schema(ENTERPRISE_SCHEMA, "EnterpriseUser", [
    ...texts("employeeNumber", "costCenter", "organization", "division", "department"),
    complex("manager", [text("value"), reference("$ref", ["User"]), text("displayName", READ_ONLY)]),
  ]),
];

function schema(id: string, name: string, attributes: readonly Properties[]) {
  return { id, name, attributes, meta: { resourceType: "Schema", location: `/v2/Schemas/${id}` } };
}

/** Operation ListSchemas. */
export function listSchemas(): readonly Properties[] {
  return SCHEMAS;
}

/** Operation GetSchema; undefined if there is none with that id. */
export function findSchema(id: string): Properties | undefined {
  return SCHEMAS.find((one) => one.id === id);
}

/** Operation ListResourceTypes. @param endpoint of the tenant, `https://…/scim/v2` */
export function listResourceTypes(endpoint: string): readonly Properties[] {
  const type = (name: string, more: Properties) => ({
    schemas: ["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],
    id: name,
    name,
    endpoint: `/${name}s`,
    ...more,
    meta: { resourceType: "ResourceType", location: `${endpoint}/ResourceTypes/${name}` },
  });
  return [
    type("User", {
      description: "User Account",
      schema: USER_SCHEMA,
      schemaExtensions: [{ schema: ENTERPRISE_SCHEMA, required: true }],
    }),
    type("Group", { description: "Group", schema: GROUP_SCHEMA }),
  ];
}
