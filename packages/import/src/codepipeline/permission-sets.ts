import { noteUnreadKeys, type SourceFile } from "../source-file.ts";
import { type MappingFolder, permissionSetFiles, readMapping } from "./mapping-folder.ts";
import { PermissionSetFile } from "./schemas.ts";

/** The permission sets for `access.yaml`, by name; a duplicate name is refused. */
export async function toPermissionSets(folder: MappingFolder): Promise<Map<string, object>> {
  const sets = new Map<string, object>();
  for (const file of await permissionSetFiles(folder.dir)) {
    const read = await readMapping(folder, file, PermissionSetFile);
    if (!read) continue;
    noteUnreadKeys(read, [], { value: read.value, known: Object.keys(PermissionSetFile.shape) });
    const { Name: name } = read.value;
    if (sets.has(name)) read.refuse(["Name"], `a second permission set is named ${name}`);
    else sets.set(name, toPermissionSet(read));
  }
  return sets;
}

function toPermissionSet(read: SourceFile<PermissionSetFile>): object {
  const { value: set } = read;
  const own = [...set.CustomerPolicies, ...set.ManagedPolicies.flatMap(({ Arn }) => ownPolicy(Arn))];
  const needed = [...own.map(({ Name }) => Name), ...boundaryName(set)];
  if (needed.length > 0) {
    read.note(
      ["Name"],
      `${set.Name} needs ${needed.join(", ")} in every account where it is used: Landbridge makes no policies.`,
    );
  }
  const awsManaged = set.ManagedPolicies.filter(({ Arn }) => ownPolicy(Arn).length === 0);
  const inlinePolicy = toInlinePolicy(read);
  return {
    ...(set.Description && { description: set.Description }),
    ...(set.Session_Duration && { sessionDuration: set.Session_Duration }),
    ...(awsManaged.length > 0 && { awsManagedPolicies: awsManaged.map(({ Arn }) => shortName(Arn)) }),
    ...(own.length > 0 && { customerManagedPolicies: own.map(toReference) }),
    ...(inlinePolicy && { inlinePolicy }),
    ...(set.PermissionsBoundary && { permissionsBoundary: toBoundary(set.PermissionsBoundary) }),
    ...(set.Tags.length > 0 && {
      tags: Object.fromEntries(set.Tags.map(({ Key, Value }) => [Key, Value])),
    }),
  };
}

/** The sample accepts several documents and joins their statements; a permission set has one. */
function toInlinePolicy(read: SourceFile<PermissionSetFile>): Record<string, unknown> | null {
  const { Name, InlinePolicies } = read.value;
  if (!InlinePolicies) return null;
  if (!Array.isArray(InlinePolicies)) return Object.keys(InlinePolicies).length > 0 ? InlinePolicies : null;
  const [first, ...others] = InlinePolicies;
  if (!first) return null;
  if (others.length === 0) return first;
  read.note(
    ["InlinePolicies"],
    `${Name} has ${InlinePolicies.length} inline policies: their statements are in one now.`,
  );
  return { ...first, Statement: InlinePolicies.flatMap(({ Statement }) => Statement) };
}

type Reference = PermissionSetFile["CustomerPolicies"][number];

function toReference({ Name, Path }: Reference): object {
  return { name: Name, path: Path };
}

function toBoundary(boundary: NonNullable<PermissionSetFile["PermissionsBoundary"]>): object {
  if (!("Arn" in boundary)) return { customerManagedPolicy: toReference(boundary) };
  const [own] = ownPolicy(boundary.Arn);
  return own ? { customerManagedPolicy: toReference(own) } : { awsManagedPolicy: shortName(boundary.Arn) };
}

function boundaryName({ PermissionsBoundary: boundary }: PermissionSetFile): string[] {
  if (!boundary) return [];
  return "Arn" in boundary ? ownPolicy(boundary.Arn).map(({ Name }) => Name) : [boundary.Name];
}

/** Path and name of an account's policy, `arn:aws:iam::123456789012:policy/team/Deploy`; undefined for one of AWS. */
function ownPolicy(arn: string): Reference[] {
  const [, path = "", name] = /^arn:[^:]*:iam::\d{12}:policy\/(.*\/)?([^/]+)$/.exec(arn) ?? [];
  return name === undefined ? [] : [{ Name: name, Path: `/${path}` }];
}

function shortName(arn: string): string {
  return arn.replace(/^arn:aws:iam::aws:policy\//, "");
}
