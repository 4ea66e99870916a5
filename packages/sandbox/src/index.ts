export { CallLog } from "./kernel/calls.ts";
export { makeScaledClock, type SandboxClock } from "./kernel/clock.ts";
export { DirectoryFile } from "./seed/directory-file.ts";
export { OrganizationFile } from "./seed/organization-file.ts";
