export { makeScimProber } from "./scim-prober.ts";
