import type { Note } from "../principals.ts";
import { Account, Organization } from "./attributes.ts";
import { attributesOf } from "./permission-sets.ts";
import type { TerraformShow } from "./show-json.ts";

const MADE_UP_MANAGEMENT = "Management";
const MAX_NAME_CHARACTERS = 50;

interface NamedAccount {
  readonly id?: string;
  readonly name: string;
  readonly email?: string;
}

/** Accounts that the file describes, and those that only assignments name. */
export class TerraformAccounts {
  readonly #byId = new Map<string, NamedAccount>();
  #managementId: string | null = null;

  constructor({ resources }: TerraformShow, note: Note) {
    for (const resource of resources) {
      if (resource.type === "aws_organizations_account") {
        const account = attributesOf(resource, Account, note);
        if (account) this.#add(account);
      }
      if (resource.type === "aws_organizations_organization") {
        const organization = attributesOf(resource, Organization, note);
        for (const account of organization?.accounts ?? []) this.#add(account);
        this.#managementId = organization?.master_account_id ?? this.#managementId;
      }
    }
  }

  /** Name of an account, or its id. */
  labelOf(id: string): string {
    return this.#byId.get(id)?.name ?? id;
  }

  /** Contents of `organization.yaml`: all accounts below the root. `assigned`: ids of accounts that rules name. */
  toFile(assigned: readonly string[], note: Note): object {
    for (const id of assigned) {
      if (this.#byId.has(id)) continue;
      this.#byId.set(id, { id, name: `account ${id}` });
      note(`Account ${id} is known by id only; its name is made up.`);
    }
    note("The accounts' places in the organization are not read: all of them are below the root.");
    const management = this.#managementId === null ? undefined : this.#byId.get(this.#managementId);
    if (!management)
      note(
        "The management account is made up, and nothing happens there unless manageManagementAccount is on.",
      );
    const counts = new Map<string, number>();
    for (const { name } of this.#byId.values()) counts.set(name, (counts.get(name) ?? 0) + 1);
    const nameOf = ({ id, name }: NamedAccount) => (counts.get(name) === 1 ? name : `account ${id}`);
    const accounts = [...this.#byId.values()].map((account) => ({ ...account, name: nameOf(account) }));
    return {
      managementAccount: management ? nameOf(management) : MADE_UP_MANAGEMENT,
      accounts: [...(management ? [] : [{ name: MADE_UP_MANAGEMENT }]), ...accounts],
    };
  }

  #add({ id, name, email }: { id: string; name: string; email?: string | null | undefined }): void {
    const short = name.trim().slice(0, MAX_NAME_CHARACTERS);
    this.#byId.set(id, { id, name: short, ...(email && { email }) });
  }
}
