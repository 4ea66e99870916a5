import { makeJsonService } from "../aws-json/json-service.ts";
import type { Kernel, Service } from "../kernel/kernel.ts";
import { makeSecretOperations } from "./handlers.ts";
import type { SecretsState } from "./state.ts";
import { makeVersionOperations } from "./version-handlers.ts";

/** AWS Secrets Manager. Its request rates (thousands a second) are not imitated. */
export function makeSecretsManager(kernel: Kernel, state: SecretsState): Service {
  return makeJsonService(kernel, {
    service: "secretsmanager",
    folder: "secrets-manager",
    targetPrefix: "secretsmanager",
    operations: { ...makeSecretOperations(state), ...makeVersionOperations(state) },
    throttle: () => undefined,
  });
}
