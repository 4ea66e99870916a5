import { describeRule, mergeGrants, type Box, type Cell, uniqueNames } from "@landbridge/core";
import { SourceError } from "../source-error.ts";
import { accessFile, type ImportedFiles, yamlFile } from "../imported-files.ts";
import { type Note, PrincipalRegister } from "../principals.ts";
import { TerraformAccounts } from "./accounts.ts";
import { AccountAssignment } from "./attributes.ts";
import { PermissionSets, READ_TYPES, attributesOf } from "./permission-sets.ts";
import { TerraformPrincipals } from "./principals.ts";
import { readShow, type TerraformShow } from "./show-json.ts";

const ASSIGNMENT = "aws_ssoadmin_account_assignment";

/**
 * Reads what `terraform show -json` prints of a state or a plan: `aws_ssoadmin_…` resources, and who and what they name.
 * @throws {SourceError} when it is something else or has no permission sets; {FlowError} PolicyInvalid
 */
export function importTerraform(text: string, file: string): ImportedFiles {
  const notes = new Set<string>();
  const note = (sentence: string) => void notes.add(sentence);
  const show = readShow(text, file);
  if (!show.resources.some(({ type, mode }) => mode === "managed" && type.startsWith("aws_ssoadmin_")))
    throw new SourceError(`${show.file}: this ${show.kind} has no aws_ssoadmin_… resources`);
  noteUnread(show, note);

  const permissionSets = new PermissionSets(show, note);
  const register = new PrincipalRegister(note);
  const principals = new TerraformPrincipals(show, register, note);
  const accounts = new TerraformAccounts(show, note);
  const cells = readAssignments(show, { permissionSets, principals, note });

  const source = `Imported from a ${show.kind} of Terraform.`;
  const assigned = [...new Set(cells.map(({ account }) => account))].toSorted();
  return {
    access: accessFile({
      comment: ["Who may do what: permission sets and assignments.", source],
      content: { version: 1, permissionSets: permissionSets.toFile(), rules: toRules(cells, accounts) },
    }),
    organization: yamlFile("organization", {
      comment: ["The accounts that the assignments name, to try them on a sandbox.", source],
      content: accounts.toFile(assigned, note),
    }),
    directory: yamlFile("directory", {
      comment: ["The groups and users that the assignments name; all else about them is made up.", source],
      content: register.directory("Terraform"),
    }),
    notes: [...notes],
  };
}

function noteUnread({ resources }: TerraformShow, note: Note): void {
  const unread = resources.filter(
    ({ type, mode }) =>
      mode === "managed" && type.startsWith("aws_ssoadmin_") && !READ_TYPES.has(type) && type !== ASSIGNMENT,
  );
  for (const { address } of unread) note(`${address} is not read: the access policy has nothing like it.`);
}

interface Context {
  readonly permissionSets: PermissionSets;
  readonly principals: TerraformPrincipals;
  readonly note: Note;
}

/** Each once; the principal as `GROUP/name`. */
function readAssignments(show: TerraformShow, { permissionSets, principals, note }: Context): Cell[] {
  const cells = new Map<string, Cell>();
  for (const resource of show.resources) {
    if (resource.type !== ASSIGNMENT || resource.mode !== "managed") continue;
    const attributes = attributesOf(resource, AccountAssignment, note);
    if (!attributes) continue;
    const permissionSet = permissionSets.nameFor(resource);
    const { principal_type: type, principal_id: id, target_id: account } = attributes;
    const name = permissionSet === null ? null : principals.nameOf(type, id, resource.address);
    if (permissionSet === null || name === null) continue;
    const cell = { principal: `${type}/${name}`, permissionSet, account };
    cells.set(JSON.stringify(cell), cell);
  }
  return [...cells.values()];
}

function toRules(cells: readonly Cell[], accounts: TerraformAccounts): object[] {
  const rules = mergeGrants(cells).map((box) => ({ box, name: nameOf(box, accounts) }));
  const names = uniqueNames(rules.map(({ name }) => name));
  return rules.map(({ box }, index) => {
    const groups = namesOfType("GROUP/", box);
    const users = namesOfType("USER/", box);
    return {
      name: names[index],
      ...(groups.length > 0 && { groups }),
      ...(users.length > 0 && { users }),
      permissionSets: box.permissionSets,
      targets: { accounts: box.accounts },
    };
  });
}

function nameOf({ principals, permissionSets, accounts: ids }: Box, accounts: TerraformAccounts): string {
  return describeRule({
    principals: principals.map((key) => key.slice(key.indexOf("/") + 1)),
    permissionSets,
    where: ids.map((id) => accounts.labelOf(id)),
    except: [],
  });
}

function namesOfType(prefix: "GROUP/" | "USER/", { principals }: Box): string[] {
  return principals.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
}
