import { join, relative } from "node:path";
import { readZoneFile, type ConfigFile, type LandingZone, type Path } from "./config-file.ts";
import { replaceTokens, restoreTokens } from "./replacement-tokens.ts";
import type { IamConfig, ZonePermissionSet } from "./schemas.ts";

const HOUR = 60;

/**
 * The permission sets as `access.yaml` has them, by name.
 * @throws {FlowError} PolicyInvalid when a name is there twice or a policy file is missing or no JSON
 */
export async function toPermissionSets(
  zone: LandingZone,
  iam: ConfigFile<IamConfig>,
): Promise<Record<string, object>> {
  const sets = new Map<string, object>();
  for (const [index, set] of iam.value.identityCenter.identityCenterPermissionSets.entries()) {
    const path = ["identityCenter", "identityCenterPermissionSets", index];
    if (sets.has(set.name))
      throw iam.invalid([...path, "name"], `a second permission set is named ${set.name}`);
    sets.set(set.name, await toPermissionSet(zone, iam, { set, path }));
  }
  return Object.fromEntries(sets);
}

async function toPermissionSet(
  zone: LandingZone,
  iam: ConfigFile<IamConfig>,
  { set, path }: { set: ZonePermissionSet; path: Path },
): Promise<object> {
  const { policies } = set;
  const awsManaged = policies?.awsManaged ?? [];
  const customerManaged = [...(policies?.customerManaged ?? []), ...(policies?.acceleratorManaged ?? [])];
  if (customerManaged.length > 0) {
    const names = customerManaged.join(", ");
    zone.note(
      `${set.name} needs ${names} in every account where it is used: the landing zone goes on making them.`,
    );
  }
  const inlinePolicy = policies?.inlinePolicy
    ? await readPolicy(zone, iam, {
        file: policies.inlinePolicy,
        path: [...path, "policies", "inlinePolicy"],
      })
    : undefined;
  const boundary = toBoundary(zone, set);
  return {
    ...(set.description ? { description: set.description } : {}),
    ...(set.sessionDuration ? { sessionDuration: toDuration(zone, set.name, set.sessionDuration) } : {}),
    ...(awsManaged.length > 0 ? { awsManagedPolicies: awsManaged } : {}),
    ...(customerManaged.length > 0
      ? { customerManagedPolicies: customerManaged.map((name) => ({ name, path: "/" })) }
      : {}),
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
  };
}

/** Minutes to ISO 8601, within what AWS takes: one hour to twelve (CreatePermissionSet, SessionDuration). */
function toDuration(zone: LandingZone, name: string, asked: number): string {
  const minutes = Math.min(Math.max(Math.round(asked), HOUR), 12 * HOUR);
  if (minutes !== asked) zone.note(`${name}: a session of ${asked} minutes became one of ${minutes}.`);
  const rest = minutes % HOUR;
  return `PT${Math.floor(minutes / HOUR)}H${rest > 0 ? `${rest}M` : ""}`;
}

function toBoundary(zone: LandingZone, { name, policies }: ZonePermissionSet): object | undefined {
  const customerManagedPolicy = policies?.permissionsBoundary?.customerManagedPolicy;
  const awsManagedPolicy = policies?.permissionsBoundary?.awsManagedPolicyName;
  if (customerManagedPolicy && awsManagedPolicy) {
    zone.note(`${name} has two boundaries, AWS takes one: ${awsManagedPolicy} is left out.`);
  }
  if (customerManagedPolicy) return { customerManagedPolicy };
  return awsManagedPolicy ? { awsManagedPolicy } : undefined;
}

async function readPolicy(
  zone: LandingZone,
  iam: ConfigFile<IamConfig>,
  { file, path }: { file: string; path: Path },
): Promise<unknown> {
  // A landing zone may come from anywhere: it must not copy a file of its reader into the policy.
  if (relative(zone.dir, join(zone.dir, file)).startsWith("..")) {
    throw iam.invalid(path, `${file} is outside of the landing zone's folder`);
  }
  const text = await readZoneFile(zone.dir, file);
  if (text === undefined) throw iam.invalid(path, `the policy file ${file} does not exist`);
  try {
    return restoreTokens(JSON.parse(replaceTokens(text, zone.replacements)), (token) => {
      zone.note(`${file}: {{ ${token} }} is left as it is; write its value in its place.`);
    });
  } catch (error) {
    if (error instanceof SyntaxError) throw iam.invalid(path, `${file} is not valid JSON: ${error.message}`);
    throw error;
  }
}
