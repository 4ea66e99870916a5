import type { AttributeMapping, AttributeMappingChange } from "../ports/provisioning-jobs.ts";

export interface MappingFault {
  /** The problem and its consequence. */
  readonly problem: string;
  readonly changes: readonly AttributeMappingChange[];
}

type ObjectName = AttributeMapping["object"];

/**
 * The attributes that AWS requires (IAM Identity Center SCIM, CreateUser and CreateGroup), and their source in Entra.
 */
const REQUIRED: readonly (readonly [ObjectName, string, string])[] = [
  ["User", "userName", "userPrincipalName"],
  ["User", "displayName", "displayName"],
  ["User", "name.givenName", "givenName"],
  ["User", "name.familyName", "surname"],
  ["Group", "displayName", "displayName"],
  ["Group", "members", "members"],
];
/** Landbridge identifies users and groups by it after a rename, as AWS's guide advises ("Provision automatically"). */
const EXTERNAL_ID = "externalId";
const OBJECT_ID = "objectId";
/** AWS keeps one value of each (SCIM, "not supported"). */
const SINGLE_VALUED = ["emails", "phoneNumbers", "addresses"];
const UNSUPPORTED = /^(ims|photos|x509Certificates|entitlements|password)\b|\.display$|manager\.displayName$/;

/** Finds what AWS would refuse or Landbridge could not use in a job's attribute mappings, each with its correction. */
export function findMappingFaults(mappings: readonly AttributeMapping[]): MappingFault[] {
  return [
    ...REQUIRED.flatMap((required) => missing(required, mappings)),
    ...(["User", "Group"] as const).flatMap((object) => wrongExternalId(object, mappings)),
    ...SINGLE_VALUED.flatMap((attribute) => severalValues(attribute, mappings)),
    ...mappings.filter(({ target }) => UNSUPPORTED.test(target)).map(unsupported),
  ];
}

/** The source of user names, if it is not the attribute that Entra's sign-in uses by default. */
export function unusualUserName(mappings: readonly AttributeMapping[]): string | null {
  const userName = mappings.find(({ object, target }) => object === "User" && target === "userName");
  if (!userName || userName.source === "userPrincipalName") return null;
  return userName.source ?? "an expression";
}

function missing(
  [object, target, source]: (typeof REQUIRED)[number],
  mappings: readonly AttributeMapping[],
): MappingFault[] {
  if (mappings.some((mapping) => mapping.object === object && mapping.target === target)) return [];
  const problem = `${object}: nothing is mapped to ${target}, which AWS requires (usually ${source})`;
  return [{ problem, changes: [{ object, target, source }] }];
}

function wrongExternalId(object: ObjectName, mappings: readonly AttributeMapping[]): MappingFault[] {
  const mapping = mappings.find((one) => one.object === object && one.target === EXTERNAL_ID);
  if (mapping?.source === OBJECT_ID) return [];
  const found = mapping ? `is mapped from ${mapping.source ?? "an expression"}` : "is not mapped";
  return [
    {
      problem: `${object}: ${EXTERNAL_ID} ${found}; it must be ${OBJECT_ID}, which identifies users and groups`,
      changes: [{ object, target: EXTERNAL_ID, source: OBJECT_ID }],
    },
  ];
}

/** `addresses[type eq "work"].city` and `….country` are one value, `[type eq "home"]` is a second. */
function severalValues(attribute: string, mappings: readonly AttributeMapping[]): MappingFault[] {
  const lines = mappings.filter(
    ({ object, target }) => object === "User" && (target === attribute || target.startsWith(`${attribute}[`)),
  );
  const values = [...new Set(lines.map(({ target }) => valueOf(target)))];
  const kept = values.find((value) => value.includes('"work"')) ?? values[0];
  if (values.length < 2) return [];
  return [
    {
      problem: `User: ${values.join(" and ")} are mapped; AWS refuses users with more than one of ${attribute}`,
      changes: lines
        .filter(({ target }) => valueOf(target) !== kept)
        .map(({ object, target }) => ({ object, target, source: null })),
    },
  ];
}

function valueOf(target: string): string {
  return target.replace(/\].*$/, "]");
}

function unsupported({ object, target }: AttributeMapping): MappingFault {
  return {
    problem: `${object}: ${target} is mapped, which AWS does not accept`,
    changes: [{ object, target, source: null }],
  };
}
