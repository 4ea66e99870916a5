const OBJECT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a name in the policy is an Entra object id; such a name is never tried as a display name. */
export function isObjectId(name: string): boolean {
  return OBJECT_ID.test(name);
}
