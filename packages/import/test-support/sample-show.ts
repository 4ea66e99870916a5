import { type AccessPolicy, parseAccessPolicy } from "@landbridge/core";
import { DirectoryFile, OrganizationFile } from "@landbridge/sandbox";
import { parse } from "yaml";
import { importTerraform } from "../src/terraform/import-terraform.ts";

/** Output of `terraform show -json` for tests: a shipyard with its sets in one module and assignments in another. */

export const INSTANCE = "arn:aws:sso:::instance/ssoins-7223aa11bb22cc33";

export function arnOf(set: string): string {
  return `arn:aws:sso:::permissionSet/ssoins-7223aa11bb22cc33/ps-${set}`;
}

export interface SampleResource {
  readonly address: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly values: Record<string, unknown>;
}

/** `module.sets.aws_ssoadmin_permission_set.this["look"]`; `data.` in it makes it a data source. */
export function resource(address: string, values: Record<string, unknown>): SampleResource {
  const [, data, type = "", name = "", index] =
    /^(?:module\.\w+(?:\["[^"]*"\])?\.)*(data\.)?(\w+)\.(\w+)(?:\[(.+)\])?$/.exec(address) ?? [];
  const key = index === undefined ? {} : { index: JSON.parse(index) as string | number };
  return { address, mode: data ? "data" : "managed", type, name, ...key, values };
}

export function permissionSet(address: string, name: string, more: Record<string, unknown> = {}) {
  return resource(address, {
    arn: arnOf(name),
    name,
    instance_arn: INSTANCE,
    description: "",
    relay_state: "",
    session_duration: "PT1H",
    tags: null,
    tags_all: {},
    ...more,
  });
}

export function attachment(address: string, set: string, more: Record<string, unknown>) {
  return resource(address, { instance_arn: INSTANCE, permission_set_arn: arnOf(set), ...more });
}

export function assignment(address: string, set: string, [type, principal, account]: readonly string[]) {
  return attachment(address, set, {
    principal_type: type,
    principal_id: principal,
    target_type: "AWS_ACCOUNT",
    target_id: account,
  });
}

/** A state; resources whose address has a module are in child modules. */
export function stateOf(...resources: readonly SampleResource[]): object {
  return { format_version: "1.0", terraform_version: "1.9.8", values: { root_module: moduleOf(resources) } };
}

export function moduleOf(resources: readonly SampleResource[], path = ""): object {
  const depth = path.length;
  const here = resources.filter(({ address }) => !address.slice(depth).startsWith("module."));
  const below = Map.groupBy(
    resources.filter((entry) => !here.includes(entry)),
    ({ address }) => `${path}${/^module\.\w+(?:\["[^"]*"\])?/.exec(address.slice(depth))?.[0] ?? ""}`,
  );
  return {
    ...(path && { address: path.slice(0, -1) }),
    ...(here.length > 0 && { resources: here }),
    ...(below.size > 0 && {
      child_modules: [...below].map(([address, inner]) => moduleOf(inner, `${address}.`)),
    }),
  };
}

export interface ReadImport {
  readonly policy: AccessPolicy;
  readonly organization: OrganizationFile;
  readonly directory: DirectoryFile;
  readonly notes: readonly string[];
}

/** Imports it, and reads the result as the sandbox would. */
export async function importOf(shown: object | string): Promise<ReadImport> {
  const text = typeof shown === "string" ? shown : JSON.stringify(shown);
  const { access, organization, directory, notes } = importTerraform(text, "show.json");
  return {
    policy: parseAccessPolicy(access, "access.yaml"),
    organization: OrganizationFile.parse(parse(organization)),
    directory: DirectoryFile.parse(parse(directory)),
    notes,
  };
}
