import * as z from "zod";
import { Application, Instance } from "./state-data.ts";

/** The input of rotate-certificate's states, as InspectCertificate found it. */
export const Connected = z.object({ instance: Instance, application: Application, tenantId: z.string() });

/** Thumbprints of the certificate to be replaced, null if none was active, and of the new one. */
export const Thumbprints = z.object({ from: z.string().nullable(), to: z.string() });
