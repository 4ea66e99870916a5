import type { Note, PrincipalRegister } from "../principals.ts";
import { Group, Groups, User, Users } from "./attributes.ts";
import { attributesOf } from "./permission-sets.ts";
import type { TerraformResource, TerraformShow } from "./show-json.ts";

type PrincipalType = "GROUP" | "USER";

interface Known {
  readonly name: string;
  /** Entra object id. */
  readonly id: string | undefined;
  /** Address of the resource that creates it; null if it is only read. */
  readonly madeBy: string | null;
}

const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Groups and users of the identity store that the file knows by more than their id. */
export class TerraformPrincipals {
  readonly #register: PrincipalRegister;
  readonly #note: Note;
  readonly #known = new Map<string, Known>();

  constructor({ resources }: TerraformShow, register: PrincipalRegister, note: Note) {
    this.#register = register;
    this.#note = note;
    for (const resource of resources) this.#learn(resource);
  }

  /** How `access.yaml` names a principal; null, with a note, if its id is not an identity store id. */
  nameOf(type: PrincipalType, principalId: string, address: string): string | null {
    const known = this.#known.get(`${type}/${principalId}`);
    if (!known) {
      const name = this.#register.addById(type, principalId);
      if (name === undefined)
        this.#note(`${address}: ${principalId} is no id of a group or user of the identity store; left out.`);
      return name ?? null;
    }
    if (known.madeBy !== null) {
      this.#note(
        `${known.madeBy} makes ${type === "GROUP" ? "group" : "user"} ${known.name} in AWS: ` +
          "the policy means the one of that name in Entra, which provisioning has to bring.",
      );
    }
    return this.#register.addNamed(type, known.name, known.id);
  }

  #learn(resource: TerraformResource): void {
    const madeBy = resource.mode === "managed" ? resource.address : null;
    for (const { type, id, name, external } of principalsIn(resource, this.#note)) {
      const objectId = external?.map((entry) => entry.id).find((text) => OBJECT_ID.test(text));
      this.#known.set(`${type}/${id}`, { name, id: objectId, madeBy });
    }
  }
}

interface StorePrincipal {
  readonly type: PrincipalType;
  readonly id: string;
  readonly name: string;
  readonly external: Group["external_ids"];
}

function principalsIn(resource: TerraformResource, note: Note): StorePrincipal[] {
  switch (resource.type) {
    case "aws_identitystore_group":
      return [attributesOf(resource, Group, note)].filter((group) => group !== null).map(fromGroup);
    case "aws_identitystore_groups":
      return (attributesOf(resource, Groups, note)?.groups ?? []).map(fromGroup);
    case "aws_identitystore_user":
      return [attributesOf(resource, User, note)].filter((user) => user !== null).map(fromUser);
    case "aws_identitystore_users":
      return (attributesOf(resource, Users, note)?.users ?? []).map(fromUser);
    default:
      return [];
  }
}

function fromGroup({ group_id: id, display_name: name, external_ids: external }: Group): StorePrincipal {
  return { type: "GROUP", id, name, external };
}

function fromUser({ user_id: id, user_name: name, external_ids: external }: User): StorePrincipal {
  return { type: "USER", id, name, external };
}
