/** Sets environment variables for each test of a suite, and puts back what was there. A value of `undefined` takes one away. */
export function useEnvironment(values: () => Readonly<Record<string, string | undefined>>): void {
  let before: NodeJS.ProcessEnv = {};
  beforeEach(() => {
    before = { ...process.env };
    for (const [name, value] of Object.entries(values())) set(name, value);
  });
  afterEach(() => {
    for (const name of Object.keys(process.env)) if (!(name in before)) set(name, undefined);
    for (const [name, value] of Object.entries(before)) set(name, value);
  });
}

/** Git with an identity and without anybody's configuration. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Somebody',
  GIT_AUTHOR_EMAIL: 'somebody@example.com',
  GIT_COMMITTER_NAME: 'Somebody',
  GIT_COMMITTER_EMAIL: 'somebody@example.com',
};

function set(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
