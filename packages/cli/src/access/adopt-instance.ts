import { adoptAccess, readForAdoption, renderAdopted, type AdoptedAccess } from "@landbridge/core";
import type { Deps } from "@landbridge/functions/_shared/deps";

export interface Adoption extends Pick<AdoptedAccess, "rules" | "notes"> {
  /** Text of `access.yaml`. */
  readonly text: string;
}

/** Reads both clouds and writes their current access as a policy. Changes nothing. */
export async function adoptInstance(deps: Deps, say: (text: string) => void): Promise<Adoption> {
  const world = await readForAdoption(deps);
  const { instance, assignments, permissionSets } = world.instance;
  say(
    `read ${permissionSets.length} permission sets, ${assignments.length} assignments, ${world.organization.accounts.length} accounts`,
  );
  const adopted = adoptAccess({ ...world, settings: deps.settings });
  const text = renderAdopted(adopted, `Adopted from ${instance.instanceArn}.`);
  return { text, rules: adopted.rules, notes: adopted.notes };
}
