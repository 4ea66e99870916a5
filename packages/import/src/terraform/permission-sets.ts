import type { z } from "zod";
import { SourceError } from "../source-error.ts";
import type { Note } from "../principals.ts";
import {
  CustomerManagedPolicy,
  InlinePolicy,
  ManagedPolicy,
  PermissionSet,
  PermissionsBoundary,
} from "./attributes.ts";
import { referredResource } from "./references.ts";
import type { TerraformResource, TerraformShow } from "./show-json.ts";

const PERMISSION_SET = "aws_ssoadmin_permission_set";

/** A permission set as it is put together from its resources, in the words of `access.yaml`. */
interface Draft {
  readonly name: string;
  /** Null in a plan that makes it. */
  readonly arn: string | null;
  /** Whether a part of it could not be read, such as a boundary, without which it allows more. */
  incomplete: boolean;
  readonly awsManagedPolicies: string[];
  readonly customerManagedPolicies: { readonly name: string; readonly path: string }[];
  readonly content: Record<string, unknown>;
}

/** The permission sets that Terraform creates, and how other resources refer to them. */
export class PermissionSets {
  readonly #show: TerraformShow;
  readonly #note: Note;
  readonly #byAddress = new Map<string, Draft>();
  readonly #byArn = new Map<string, Draft>();
  /** Names of those that are only read (data sources), by ARN. */
  readonly #onlyRead = new Map<string, string>();

  /** @throws {SourceError} when two have a name, as those of two instances may */
  constructor(show: TerraformShow, note: Note) {
    this.#show = show;
    this.#note = note;
    const names = new Map<string, string>();
    for (const resource of show.resources.filter(({ type }) => type === PERMISSION_SET)) {
      const set = attributesOf(resource, PermissionSet, note);
      if (!set) continue;
      if (resource.mode === "data") {
        if (set.arn) this.#onlyRead.set(set.arn, set.name);
        continue;
      }
      const other = names.get(set.name);
      if (other !== undefined)
        throw new SourceError(
          `${show.file}: ${other} and ${resource.address} are both named ${set.name}; import one instance at a time`,
        );
      names.set(set.name, resource.address);
      const draft = toDraft(set);
      this.#byAddress.set(resource.address, draft);
      if (set.arn) this.#byArn.set(set.arn, draft);
    }
    for (const resource of show.resources) if (resource.mode === "managed") this.#attach(resource);
    for (const draft of this.#byAddress.values()) {
      if (draft.incomplete)
        note(`${draft.name} is left out, with its assignments: not everything that belongs to it is known.`);
    }
  }

  /** Permission sets for `access.yaml`. */
  toFile(): Record<string, object> {
    const complete = [...this.#byAddress.values()].filter(({ incomplete }) => !incomplete);
    const drafts = complete.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    return Object.fromEntries(
      drafts.map(({ name, awsManagedPolicies, customerManagedPolicies, content }) => {
        const { description, sessionDuration, relayState, ...rest } = content;
        const text = {
          ...(description !== undefined && { description }),
          ...(sessionDuration !== undefined && { sessionDuration }),
          ...(relayState !== undefined && { relayState }),
          ...(awsManagedPolicies.length > 0 && { awsManagedPolicies: [...new Set(awsManagedPolicies)] }),
          ...(customerManagedPolicies.length > 0 && { customerManagedPolicies }),
          ...rest,
        };
        return [name, text];
      }),
    );
  }

  /** Name of the permission set that a resource belongs to; null, with a note, if it is none of these. */
  nameFor(resource: TerraformResource): string | null {
    const draft = this.#draftFor(resource);
    return draft && !draft.incomplete ? draft.name : null;
  }

  #draftFor(resource: TerraformResource): Draft | null {
    const arn = resource.values["permission_set_arn"];
    if (typeof arn !== "string") {
      const referred = referredResource(this.#show, resource, {
        attribute: "permission_set_arn",
        type: PERMISSION_SET,
      });
      const draft = referred && this.#byAddress.get(referred.address);
      if (draft) return draft;
      this.#note(
        `${resource.address}: which permission set it is for is known after apply only; left out. Import the state then.`,
      );
      return null;
    }
    const draft = this.#byArn.get(arn);
    if (draft) return draft;
    const read = this.#onlyRead.get(arn);
    this.#note(
      read === undefined
        ? `${resource.address}: its permission set (${arn}) is not in this file; left out.`
        : `${resource.address}: the permission set ${read} is only read here, not made, so its policies are unknown; left out.`,
    );
    return null;
  }

  #attach(resource: TerraformResource): void {
    const add = ATTACHMENTS[resource.type];
    if (!add) return;
    const draft = this.#draftFor(resource);
    if (draft) {
      if (!add(draft, resource, this.#note)) draft.incomplete = true;
      return;
    }
    if (typeof resource.values["permission_set_arn"] === "string") return;
    // It may belong to any of those that the plan creates.
    for (const candidate of this.#byAddress.values()) if (candidate.arn === null) candidate.incomplete = true;
  }
}

/** Whether it could be read. */
type Attach = (draft: Draft, resource: TerraformResource, note: Note) => boolean;

const ATTACHMENTS: Readonly<Record<string, Attach>> = {
  aws_ssoadmin_managed_policy_attachment(draft, resource, note) {
    const attributes = attributesOf(resource, ManagedPolicy, note);
    if (attributes) draft.awsManagedPolicies.push(shortName(attributes.managed_policy_arn));
    return attributes !== null;
  },
  aws_ssoadmin_customer_managed_policy_attachment(draft, resource, note) {
    const [reference] =
      attributesOf(resource, CustomerManagedPolicy, note)?.customer_managed_policy_reference ?? [];
    if (!reference) return false;
    draft.customerManagedPolicies.push(toReference(reference));
    note(`${draft.name} needs ${reference.name} in every account where it is used: nothing here makes it.`);
    return true;
  },
  aws_ssoadmin_permission_set_inline_policy(draft, resource, note) {
    const attributes = attributesOf(resource, InlinePolicy, note);
    if (attributes) draft.content["inlinePolicy"] = toDocument(attributes.inline_policy);
    return attributes !== null;
  },
  aws_ssoadmin_permissions_boundary_attachment(draft, resource, note) {
    const [boundary] = attributesOf(resource, PermissionsBoundary, note)?.permissions_boundary ?? [];
    const [reference] = boundary?.customer_managed_policy_reference ?? [];
    if (reference) {
      draft.content["permissionsBoundary"] = { customerManagedPolicy: toReference(reference) };
      note(`${draft.name} needs ${reference.name} in every account where it is used: nothing here makes it.`);
      return true;
    }
    if (!boundary?.managed_policy_arn) return false;
    draft.content["permissionsBoundary"] = { awsManagedPolicy: shortName(boundary.managed_policy_arn) };
    return true;
  },
};

/** The resource types that are read, in addition to the permission set itself. */
export const READ_TYPES: ReadonlySet<string> = new Set([PERMISSION_SET, ...Object.keys(ATTACHMENTS)]);

/** Null, with a note, when something that is needed is not known yet. */
export function attributesOf<T extends z.ZodType>(
  { address, values }: TerraformResource,
  schema: T,
  note: Note,
): z.infer<T> | null {
  const parsed = schema.safeParse(values);
  if (parsed.success) return parsed.data;
  const missing = [...new Set(parsed.error.issues.map(({ path }) => String(path[0])))].join(", ");
  note(`${address}: ${missing} is not known before apply, or not as expected; left out.`);
  return null;
}

function toDraft(set: PermissionSet): Draft {
  const tags = set.tags_all ?? set.tags ?? {};
  return {
    name: set.name,
    arn: set.arn ?? null,
    incomplete: false,
    awsManagedPolicies: [],
    customerManagedPolicies: [],
    content: {
      ...(set.description && { description: set.description }),
      ...(set.session_duration && { sessionDuration: set.session_duration }),
      ...(set.relay_state && { relayState: set.relay_state }),
      ...(Object.keys(tags).length > 0 && { tags }),
    },
  };
}

function toReference({ name, path }: { name: string; path?: string | null | undefined }) {
  return { name, path: path || "/" };
}

function shortName(arn: string): string {
  return arn.replace(/^arn:aws:iam::aws:policy\//, "");
}

/** As a mapping if it is one; the policy check reports what is wrong with any other text. */
function toDocument(policy: string): unknown {
  try {
    return JSON.parse(policy);
  } catch (error) {
    if (error instanceof SyntaxError) return policy;
    throw error;
  }
}
