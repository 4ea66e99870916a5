import { type EnterpriseApplication, GALLERY_TEMPLATE_ID, isFlowError } from "@landbridge/core";
import type { EntraWorld } from "../entra-world.ts";

export const NAME = "AWS IAM Identity Center";
const PATIENCE_MILLISECONDS = 120_000;

/** The enterprise application of AWS, new and visible. */
export async function anApplication(world: EntraWorld): Promise<EnterpriseApplication> {
  const { applications } = world.ports;
  const created = await applications.create(GALLERY_TEMPLATE_ID, NAME);
  const deadline = world.clock.now() + PATIENCE_MILLISECONDS;
  while (!(await applications.isVisible(created))) {
    if (world.clock.now() >= deadline) throw new Error("The application does not become visible");
    await world.clock.sleep(1000);
  }
  return created;
}

/** Does it, as flows do, until what it needs has reached all of Entra. */
export async function patiently<T>({ clock }: EntraWorld, act: () => Promise<T>): Promise<T> {
  const deadline = clock.now() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!isFlowError(error, "NotPropagatedYet") || clock.now() >= deadline) throw error;
      await clock.sleep(1000);
    }
  }
}
