import {
  CreatePermissionSetCommand,
  DeletePermissionSetCommand,
  DescribePermissionSetCommand,
  paginateListPermissionSets,
  type SSOAdminClient,
} from "@aws-sdk/client-sso-admin";
import {
  type IdentityCenter,
  mapConcurrently,
  type PermissionSetSpec,
  type PermissionsBoundary,
  type Prove,
} from "@landbridge/core";
import {
  changeAttributes,
  changeBoundary,
  changeInlinePolicy,
  changePolicies,
  changeTags,
  toTags,
} from "./permission-set-changes.ts";
import { type PermissionSetKey, readPermissionSet } from "./permission-set-spec.ts";
import { isAwsError } from "./translate-error.ts";
import { required } from "./required.ts";

/** Enough to keep the limiter busy at AWS's latencies. */
const CONCURRENCY = 8;
const NO_TAGS = { tagsOf: new Set<string>() };

/** The half of the identity center that is about permission sets. */
export function makePermissionSets(
  ssoAdmin: SSOAdminClient,
): Pick<
  IdentityCenter,
  | "listPermissionSets"
  | "readPermissionSets"
  | "listPermissionSetArns"
  | "readPermissionSet"
  | "createPermissionSet"
  | "updatePermissionSet"
  | "deletePermissionSet"
> {
  return {
    async listPermissionSets({ instanceArn }) {
      return mapConcurrently(await listArns(ssoAdmin, instanceArn), CONCURRENCY, async (arn) => {
        const key = { InstanceArn: instanceArn, PermissionSetArn: arn };
        const { PermissionSet } = await ssoAdmin.send(new DescribePermissionSetCommand(key));
        return { arn, name: required(PermissionSet?.Name, `the name of permission set ${arn}`) };
      });
    },
    async readPermissionSets({ instanceArn }, options = NO_TAGS) {
      return mapConcurrently(await listArns(ssoAdmin, instanceArn), CONCURRENCY, (arn) =>
        readPermissionSet(ssoAdmin, { InstanceArn: instanceArn, PermissionSetArn: arn }, options),
      );
    },
    listPermissionSetArns: ({ instanceArn }) => listArns(ssoAdmin, instanceArn),
    async readPermissionSet({ instanceArn }, permissionSetArn, options = NO_TAGS) {
      const key = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn };
      try {
        return await readPermissionSet(ssoAdmin, key, options);
      } catch (error) {
        if (isAwsError(error, "ResourceNotFoundException")) return null;
        throw error;
      }
    },
    async createPermissionSet({ instanceArn }, name, spec, prove) {
      const { description, sessionDuration, relayState, tags } = spec;
      const Tags = toTags(tags ?? {});
      const writer = proving(ssoAdmin, prove);
      const { PermissionSet } = await writer.send(
        new CreatePermissionSetCommand({
          InstanceArn: instanceArn,
          Name: name,
          SessionDuration: sessionDuration,
          ...(description !== null && { Description: description }),
          ...(relayState !== null && { RelayState: relayState }),
          ...(Tags.length > 0 && { Tags }),
        }),
      );
      const arn = required(PermissionSet?.PermissionSetArn, `the ARN of the new permission set ${name}`);
      const bare = { ...EMPTY, description, sessionDuration, relayState, tags };
      await change(writer, { InstanceArn: instanceArn, PermissionSetArn: arn }, { from: bare, to: spec });
      return arn;
    },
    async updatePermissionSet({ instanceArn }, current, spec, prove) {
      const key = { InstanceArn: instanceArn, PermissionSetArn: current.arn };
      await change(proving(ssoAdmin, prove), key, { from: current.spec, to: spec });
    },
    async deletePermissionSet({ instanceArn }, permissionSetArn) {
      const key = { InstanceArn: instanceArn, PermissionSetArn: permissionSetArn };
      try {
        await ssoAdmin.send(new DeletePermissionSetCommand(key));
      } catch (error) {
        if (!isAwsError(error, "ResourceNotFoundException")) throw error;
      }
    },
  };
}

/** The same client, also for paginators; a proof precedes every request. */
function proving(ssoAdmin: SSOAdminClient, prove: Prove | undefined): SSOAdminClient {
  if (!prove) return ssoAdmin;
  const send = async (command: never) => {
    await prove();
    return ssoAdmin.send(command);
  };
  return Object.create(ssoAdmin, { send: { value: send } }) as SSOAdminClient;
}

async function listArns(ssoAdmin: SSOAdminClient, instanceArn: string): Promise<string[]> {
  const arns: string[] = [];
  const pages = paginateListPermissionSets({ client: ssoAdmin, pageSize: 100 }, { InstanceArn: instanceArn });
  for await (const { PermissionSets = [] } of pages) arns.push(...PermissionSets);
  return arns;
}

const EMPTY: Omit<PermissionSetSpec, "description" | "sessionDuration" | "relayState" | "tags"> = {
  awsManagedPolicies: [],
  customerManagedPolicies: [],
  inlinePolicy: null,
  permissionsBoundary: null,
};

/** One after the other: AWS answers ConflictException to writes on one set that overlap. */
async function change(
  ssoAdmin: SSOAdminClient,
  key: PermissionSetKey,
  { from, to }: { readonly from: PermissionSetSpec; readonly to: PermissionSetSpec },
): Promise<void> {
  if (attributesOf(from) !== attributesOf(to)) await changeAttributes(ssoAdmin, key, to);
  await changePolicies(ssoAdmin, key, { from, to });
  if (from.inlinePolicy !== to.inlinePolicy) await changeInlinePolicy(ssoAdmin, key, to.inlinePolicy);
  if (!isSameBoundary(from.permissionsBoundary, to.permissionsBoundary)) {
    await changeBoundary(ssoAdmin, key, to.permissionsBoundary);
  }
  if (to.tags !== null) await changeTags(ssoAdmin, key, { from: from.tags ?? {}, to: to.tags });
}

function attributesOf({ description, sessionDuration, relayState }: PermissionSetSpec): string {
  return JSON.stringify([description, sessionDuration, relayState]);
}

function isSameBoundary(one: PermissionsBoundary | null, other: PermissionsBoundary | null): boolean {
  return boundaryId(one) === boundaryId(other);
}

function boundaryId(boundary: PermissionsBoundary | null): string | null {
  if (boundary === null) return null;
  if ("awsManagedPolicy" in boundary) return boundary.awsManagedPolicy;
  const { path, name } = boundary.customerManagedPolicy;
  return `${path}${name}`;
}
