import { FlowError } from "../errors.ts";
import type { EnterpriseApplication } from "../ports/enterprise-applications.ts";
import type { Ports } from "../ports/ports.ts";
import type { Settings } from "../settings.ts";

/**
 * Finds the application by its name or instantiates it from the gallery.
 * @throws {FlowError} ApplicationAmbiguous when the tenant has several of that name
 */
export async function createEnterpriseApplication(
  settings: Pick<Settings, "applicationName" | "applicationTemplateId">,
  { applications }: Pick<Ports, "applications">,
): Promise<EnterpriseApplication> {
  const found = await applications.find(settings.applicationName);
  if (found.length > 1) {
    const ids = found.map((application) => application.appId).join(", ");
    throw new FlowError(
      "ApplicationAmbiguous",
      `The tenant has ${found.length} applications named "${settings.applicationName}": ${ids}`,
    );
  }
  return found[0] ?? applications.create(settings.applicationTemplateId, settings.applicationName);
}
