import { configureSamlSignOn } from "@landbridge/core";
import * as z from "zod";
import { applications } from "../_shared/ports.ts";
import { Application, ServiceProvider } from "../_shared/state-data.ts";
import { step } from "../_shared/step.ts";

/** State ConfigureSamlSignOn: SAML mode first, then the URLs that AWS's metadata names. */
export const handler = step({
  input: z.object({ application: Application, serviceProvider: ServiceProvider }),
  ports: { applications },
  run: ({ application, serviceProvider }, deps) =>
    configureSamlSignOn(application, serviceProvider, deps.settings, deps),
});
