/** Takes one sentence for the reader of an import. */
export type Note = (sentence: string) => void;

/** The domain of made-up user principal names. */
const MADE_UP_DOMAIN = "landing-zone.example";

type PrincipalType = "USER" | "GROUP";

interface NamedUser {
  readonly userPrincipalName: string;
  readonly id?: string;
  readonly displayName: string;
  readonly givenName: string;
  readonly surname: string;
}

/** Somebody has to sign in. */
const EXAMPLE_USER: NamedUser = {
  userPrincipalName: `example.user@${MADE_UP_DOMAIN}`,
  displayName: "Example User",
  givenName: "Example",
  surname: "User",
};

/** Some stores put ten digits before the id (identity store, `UserId`). */
const STORE_ID = /^(?:[0-9a-f]{10}-)?([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/** The directory that a configuration of access implies: it names principals and little else about them. */
export class PrincipalRegister {
  readonly #note: Note;
  readonly #users = new Map<string, NamedUser>();
  readonly #groups = new Map<string, { name: string; id?: string }>();

  constructor(note: Note) {
    this.#note = note;
  }

  /** `id`: Entra object id, where it is known. @returns how `access.yaml` names it */
  addNamed(type: PrincipalType, name: string, id?: string): string {
    const known = id === undefined ? {} : { id };
    if (type === "GROUP") {
      this.#groups.set(name, { name, ...known });
      return name;
    }
    const userPrincipalName = name.includes("@") ? name : `${name.replaceAll(/\s+/g, ".")}@${MADE_UP_DOMAIN}`;
    if (userPrincipalName !== name) {
      this.#note(`User ${name} became ${userPrincipalName}: a user principal name needs a domain.`);
    }
    const key = userPrincipalName.toLowerCase();
    if (!this.#users.has(key)) {
      this.#users.set(key, { userPrincipalName, ...known, displayName: name, ...nameParts(name) });
    }
    return this.#users.get(key)?.userPrincipalName ?? userPrincipalName;
  }

  /** @returns how `access.yaml` names it, or undefined if the id is not an identity store id */
  addById(type: PrincipalType, principalId: string): string | undefined {
    const id = STORE_ID.exec(principalId)?.[1]?.toLowerCase();
    if (id === undefined) return undefined;
    const short = id.slice(0, 8);
    this.#note(
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

  /** Contents of `directory.yaml`; every group has up to two members, so that there is something to provision. */
  directory(tenant = "Landing zone"): object {
    const named = [...this.#users.values()];
    const users = named.length > 0 ? named : [EXAMPLE_USER];
    const groups = [...this.#groups.values()].map((group, index) => ({
      ...group,
      users: [...new Set([users[index % users.length], users[(index + 1) % users.length]])].flatMap((user) =>
        user === undefined ? [] : [user.userPrincipalName],
      ),
    }));
    if (groups.length > 0 && named.length > 0) {
      this.#note("Who is in which group is made up: the configuration does not say.");
    }
    if (named.length === 0) {
      this.#note("No user is named: an example user is made up, a member of every group.");
    }
    return { tenant: { name: tenant }, users, groups };
  }
}

/** AWS refuses users without both. */
function nameParts(name: string): { givenName: string; surname: string } {
  const [local = name] = name.split("@");
  const words = local.split(/[\s._-]+/).filter((word) => word !== "");
  const [givenName = name, ...rest] = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return { givenName, surname: rest.length > 0 ? rest.join(" ") : "User" };
}
