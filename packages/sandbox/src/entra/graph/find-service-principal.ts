import { notFound } from "../errors.ts";
import { type EntraState, type ServicePrincipal, isVisible } from "../state.ts";

/** @throws {GraphRefusal} 404 also while the object has not reached every replica */
export function findServicePrincipal(state: EntraState, id: string): ServicePrincipal {
  const servicePrincipal = state.servicePrincipals.get(id.toLowerCase());
  if (!servicePrincipal || !isVisible(state, servicePrincipal)) throw notFound(id);
  return servicePrincipal;
}
