/** Where a change is made, and the suite that must notice it: `service` is the project's own. */
export interface Place {
  readonly gateway: 'http' | 'rest' | 'url' | 'alb';
  readonly extras?: 'domain' | 'jobs' | 'provisioned' | 'streaming';
  /** Below `terraform/`. */
  readonly file: string;
  readonly suite: string;
}

/** A security-relevant line, loosened or taken out. */
export interface Mutation extends Place {
  readonly title: string;
  readonly from: string;
  readonly to: string;
}

/** A mutation for each change, by what it does. */
export function at(place: Place, changes: Readonly<Record<string, readonly [from: string, to: string]>>): Mutation[] {
  return Object.entries(changes).map(([title, [from, to]]) => ({ ...place, title, from, to }));
}
