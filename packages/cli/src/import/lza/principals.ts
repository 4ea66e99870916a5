import type { LandingZone } from "./config-file.ts";

export const MADE_UP_DOMAIN = "landing-zone.example";

type PrincipalType = "USER" | "GROUP";

interface ZoneUser {
  readonly userPrincipalName: string;
  readonly id?: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
}

/** Some stores put ten digits before the id (identity store, `UserId`). */
const STORE_ID = /^(?:[0-9a-f]{10}-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** The directory that a landing zone implies: it names principals and says nothing else about them. */
export class PrincipalRegister {
  readonly #zone: LandingZone;
  readonly #users = new Map<string, ZoneUser>();
  readonly #groups = new Map<string, { name: string; id?: string }>();

  constructor(zone: LandingZone) {
    this.#zone = zone;
  }

  /** @returns how `access.yaml` names it */
  addNamed(type: PrincipalType, name: string): string {
    if (type === "GROUP") {
      this.#groups.set(name, { name });
      return name;
    }
    const userPrincipalName = name.includes("@") ? name : `${name.replaceAll(/\s+/g, ".")}@${MADE_UP_DOMAIN}`;
    if (userPrincipalName !== name) {
      this.#zone.note(`User ${name} became ${userPrincipalName}: a user principal name needs a domain.`);
    }
    const key = userPrincipalName.toLowerCase();
    if (!this.#users.has(key)) {
      this.#users.set(key, { userPrincipalName, displayName: name, ...nameParts(name) });
    }
    return this.#users.get(key)?.userPrincipalName ?? userPrincipalName;
  }

  /** @returns how `access.yaml` names it, or undefined when the id is none of an identity store */
  addById(type: PrincipalType, principalId: string): string | undefined {
    const id = STORE_ID.exec(principalId)?.[1]?.toLowerCase();
    if (id === undefined) return undefined;
    const short = id.slice(0, 8);
    this.#zone.note(
      `${type === "GROUP" ? "Group" : "User"} ${principalId} is known by its identity store id only: ` +
        `a placeholder has that id as object id; put the Entra object id in its place.`,
    );
    if (type === "GROUP") {
      this.#groups.set(id, { name: `Group ${short}`, id });
    } else {
      const displayName = `User ${short}`;
      const userPrincipalName = `user-${short}@${MADE_UP_DOMAIN}`;
      this.#users.set(id, { userPrincipalName, id, displayName, givenName: "User", surname: short });
    }
    return id;
  }

  /** As `directory.yaml` has it; every group has up to two members, so that there is something to provision. */
  directory(): object {
    const users = [...this.#users.values()];
    const groups = [...this.#groups.values()].map((group, index) => ({
      ...group,
      users: [...new Set([users[index % users.length], users[(index + 1) % users.length]])].flatMap((user) =>
        user === undefined ? [] : [user.userPrincipalName],
      ),
    }));
    if (groups.length > 0 && users.length > 0) {
      this.#zone.note("Who is in which group is made up: a landing zone does not say.");
    }
    if (groups.length > 0 && users.length === 0) {
      this.#zone.note("No user is named, so the groups have no members.");
    }
    return { tenant: { name: "Landing zone" }, users, groups };
  }
}

/** AWS refuses users without both. */
function nameParts(name: string): { givenName: string; surname: string } {
  const [local = name] = name.split("@");
  const words = local.split(/[\s._-]+/).filter((word) => word !== "");
  const [givenName = name, ...rest] = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { givenName, surname: rest.length > 0 ? rest.join(" ") : "User" };
}
