import type { Note } from "../principals.ts";
import type { ImportedRule } from "./rules.ts";

const MANAGEMENT = "Management";

interface Account {
  readonly name: string;
  readonly id?: string;
}

interface Unit {
  readonly name: string;
  readonly accounts: Account[];
  readonly units: Unit[];
}

/**
 * A sandbox organization with everything that the rules name. Mappings name units and accounts, but not where the accounts
 * are.
 */
export function toOrganization(rules: readonly ImportedRule[], note: Note): object {
  const root: Unit = { name: "", accounts: [{ name: MANAGEMENT }], units: [] };
  const targets = rules.map((rule) => rule.targets);
  const paths = [...new Set(targets.flatMap(({ ou = [] }) => ou))];
  for (const path of paths) {
    const unit = unitAt(root, path.split("/"));
    unit.accounts.push({ name: `${path.replaceAll("/", " ")} example`.slice(-50).trim() });
    note(
      `Unit ${path}: an example account in it is made up. It is taken as the path from the root; write more of it where it is not.`,
    );
  }
  for (const account of new Set(targets.flatMap(({ accounts = [] }) => accounts))) {
    const isId = /^\d{12}$/.test(account);
    root.accounts.push(isId ? { name: `account ${account}`, id: account } : { name: account });
    note(
      isId
        ? `Account ${account} is known by id only; its name and place in the organization are made up.`
        : `Account ${account} is known by name only; its id and place in the organization are made up.`,
    );
  }
  note(
    "The management account is made up, and nothing happens there unless manageManagementAccount is switched on.",
  );
  const { name: _name, ...content } = toFile(root);
  return { managementAccount: MANAGEMENT, ...content };
}

function unitAt(parent: Unit, [name, ...rest]: readonly string[]): Unit {
  if (name === undefined) return parent;
  let unit = parent.units.find((candidate) => candidate.name === name);
  if (!unit) {
    unit = { name, accounts: [], units: [] };
    parent.units.push(unit);
  }
  return unitAt(unit, rest);
}

/** Without the lists that are empty. */
function toFile({ name, accounts, units }: Unit): { readonly name: string } {
  return {
    name,
    ...(accounts.length > 0 && { accounts }),
    ...(units.length > 0 && { units: units.map(toFile) }),
  };
}
