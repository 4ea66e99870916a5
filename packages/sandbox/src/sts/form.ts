/** The contents of a form in the query protocol: texts, lists as arrays, structures as objects. */
export type FormValue = string | FormValue[] | { [member: string]: FormValue };

/** `Audience.member.1=a&Tags.member.1.Key=b` as `{ Audience: ["a"], Tags: [{ Key: "b" }] }`. */
export function readForm(form: URLSearchParams): { [member: string]: FormValue } {
  const root: { [member: string]: FormValue } = {};
  for (const [path, text] of form) place(root, path.split("."), text);
  return asStructure(root);
}

function place(
  target: { [member: string]: FormValue },
  [name = "", ...rest]: readonly string[],
  text: string,
): void {
  if (rest.length === 0) {
    target[name] = text;
    return;
  }
  const held = Object.hasOwn(target, name) ? target[name] : undefined;
  const inner = typeof held === "object" && !Array.isArray(held) ? held : {};
  target[name] = inner;
  place(inner, rest, text);
}

function asStructure(members: { [member: string]: FormValue }): { [member: string]: FormValue } {
  return Object.fromEntries(Object.entries(members).map(([name, value]) => [name, asValue(value)]));
}

/** A list is a structure whose only member is `member`, which contains the positions 1, 2, …. */
function asValue(value: FormValue): FormValue {
  if (typeof value === "string" || Array.isArray(value)) return value;
  const { member, ...others } = value;
  if (typeof member !== "object" || Array.isArray(member) || Object.keys(others).length > 0) {
    return asStructure(value);
  }
  const positions = Object.entries(member).toSorted(([one], [other]) => Number(one) - Number(other));
  return positions.map(([, item]) => asValue(item));
}
