import { ServiceError } from "./service-error.ts";

/** @throws {ServiceError} InvalidName. [StartExecution: name] */
export function checkName(name: string): void {
  const allowed = name.length >= 1 && name.length <= 80 && !/[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name);
  if (allowed) return;
  throw new ServiceError(
    "InvalidName",
    `${JSON.stringify(name)} is not a name: 1 to 80 characters, no spaces, brackets or :/?*.`,
  );
}
