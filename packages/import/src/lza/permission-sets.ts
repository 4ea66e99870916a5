import { didYouMean } from "@landbridge/core";
import type { Path, SourceFile } from "../source-file.ts";
import type { LandingZone } from "./config-file.ts";
import { readInlinePolicy } from "./inline-policy.ts";
import type { IamConfig, ZonePermissionSet } from "./schemas.ts";

const HOUR = 60;

interface Context {
  readonly zone: LandingZone;
  readonly iam: SourceFile<IamConfig>;
  /** Values of `${…}` in policy files. */
  readonly variables: ReadonlyMap<string, string>;
}

interface Place {
  readonly set: ZonePermissionSet;
  readonly path: Path;
}

/** The permission sets as `access.yaml` has them, by name. */
export async function toPermissionSets(context: Context): Promise<Record<string, object>> {
  const { iam } = context;
  const sets = new Map<string, object>();
  for (const [index, set] of iam.value.identityCenter.identityCenterPermissionSets.entries()) {
    const path = ["identityCenter", "identityCenterPermissionSets", index];
    if (sets.has(set.name)) iam.refuse([...path, "name"], `a second permission set is named ${set.name}`);
    else sets.set(set.name, await toPermissionSet(context, { set, path }));
  }
  return Object.fromEntries(sets);
}

async function toPermissionSet(context: Context, { set, path }: Place): Promise<object> {
  const { iam } = context;
  const { policies } = set;
  const awsManaged = policies?.awsManaged ?? [];
  const customerManaged = [...(policies?.customerManaged ?? []), ...(policies?.acceleratorManaged ?? [])];
  noteNeededPolicies(iam, { set, path });
  const inlinePolicy = policies?.inlinePolicy
    ? await readInlinePolicy(context, {
        file: policies.inlinePolicy,
        path: [...path, "policies", "inlinePolicy"],
      })
    : undefined;
  const boundary = toBoundary(iam, { set, path });
  return {
    ...(set.description ? { description: set.description } : {}),
    ...(set.sessionDuration ? { sessionDuration: toDuration(iam, set.sessionDuration, path) } : {}),
    ...(awsManaged.length > 0 ? { awsManagedPolicies: awsManaged } : {}),
    ...(customerManaged.length > 0
      ? { customerManagedPolicies: customerManaged.map((name) => ({ name, path: "/" })) }
      : {}),
    ...(inlinePolicy === undefined ? {} : { inlinePolicy }),
    ...(boundary === undefined ? {} : { permissionsBoundary: boundary }),
  };
}

/** Minutes to ISO 8601, within AWS's limits: one hour to twelve (CreatePermissionSet, SessionDuration). */
function toDuration(iam: SourceFile<IamConfig>, asked: number, path: Path): string {
  const minutes = Math.min(Math.max(Math.round(asked), HOUR), 12 * HOUR);
  if (minutes !== asked)
    iam.note([...path, "sessionDuration"], `a session of ${asked} minutes became one of ${minutes}.`);
  const rest = minutes % HOUR;
  return `PT${Math.floor(minutes / HOUR)}H${rest > 0 ? `${rest}M` : ""}`;
}

function toBoundary(iam: SourceFile<IamConfig>, { set, path }: Place): object | undefined {
  const { customerManagedPolicy, awsManagedPolicyName } = set.policies?.permissionsBoundary ?? {};
  if (customerManagedPolicy && awsManagedPolicyName)
    iam.refuse(
      [...path, "policies", "permissionsBoundary"],
      "expected either customerManagedPolicy or awsManagedPolicyName: AWS takes one boundary",
    );
  if (customerManagedPolicy) return { customerManagedPolicy };
  return awsManagedPolicyName ? { awsManagedPolicy: awsManagedPolicyName } : undefined;
}

/** Policies that must already exist in every account, and who creates them. */
function noteNeededPolicies(iam: SourceFile<IamConfig>, { set, path }: Place): void {
  const { customerManaged = [], acceleratorManaged = [], permissionsBoundary } = set.policies ?? {};
  const boundary = permissionsBoundary?.customerManagedPolicy?.name;
  const needed = [...new Set([...customerManaged, ...acceleratorManaged, ...(boundary ? [boundary] : [])])];
  if (needed.length > 0) {
    iam.note(
      [...path, "policies"],
      `${set.name} needs ${needed.join(", ")} in every account where it is used: Landbridge makes no policies, the landing zone continues making its own.`,
    );
  }
  const made = iam.value.policySets.flatMap(({ policies }) => policies.map(({ name }) => name));
  for (const [index, name] of acceleratorManaged.entries()) {
    if (made.includes(name)) continue;
    iam.note(
      [...path, "policies", "acceleratorManaged", index],
      `policySets make no policy ${JSON.stringify(name)}${didYouMean(name, made)}.`,
    );
  }
}
