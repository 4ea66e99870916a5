/** A thing that is wrong with a definition, and where: `$.States.Name.Field`. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

/** A value's position in a definition; its problems are collected there. */
export class Place {
  readonly path: string;
  readonly problems: Problem[];

  constructor(path = "$", problems: Problem[] = []) {
    this.path = path;
    this.problems = problems;
  }

  refuse(message: string): void {
    this.problems.push({ path: this.path, message });
  }

  in(member: string | number): Place {
    return new Place(memberPath(this.path, member), this.problems);
  }
}

export function memberPath(path: string, member: string | number): string {
  if (typeof member === "number") return `${path}[${member}]`;
  return /^[\w-]+$/.test(member) ? `${path}.${member}` : `${path}[${JSON.stringify(member)}]`;
}
