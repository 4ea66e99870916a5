import { isNotImplemented, type Contracts } from "@landbridge/contract-check";
import type { SimulatedServices } from "./simulated-services.ts";

export interface OperationCoverage {
  readonly operation: string;
  readonly imitated: boolean;
}

/** Asks a simulator for every operation of its contract; null when there is no contract. */
export async function coverageOf(
  service: string,
  contracts: Contracts,
  services: SimulatedServices,
): Promise<OperationCoverage[] | null> {
  const contract = contracts.of(service);
  if (contract === null) return null;
  const operations: OperationCoverage[] = [];
  for (const { operation, request } of contract.probes()) {
    const response = await services.ask(service, request);
    const { status, headers } = response;
    const refused = isNotImplemented({ status, headers, body: await response.text() });
    const mistaken = service === "graph" && !isSame(services.takenFor(), operation);
    operations.push({ operation, imitated: !refused && !mistaken });
  }
  return operations;
}

/** `GET /groups/delta` may be treated as the group with that id, which does not count as imitated. */
function isSame(one: string, other: string): boolean {
  const [first, second] = [one, other].map((path) => path.replaceAll(/\{\w+\}/g, "{}"));
  return first === second;
}
