interface Service {
  readonly function_name: string;
  readonly jobs_function_name: string;
  readonly alias_name: string;
}

interface Version {
  readonly Version: string;
  readonly CodeSha256: string;
}

/**
 * Lets jobs be done by the code that answers: by the newest version of their function with the same code as this version.
 * @param callLambda - asks Lambda something of a function, and returns what it answers, as JSON
 * @throws Error when there is none
 */
export function followAlias<Called extends Service>(
  service: Called,
  live: string,
  callLambda: (called: Called, command: string, ...args: readonly string[]) => string,
): void {
  const { jobs_function_name: jobs, alias_name: alias } = service;
  const ofJobs = { ...service, function_name: jobs };
  const { CodeSha256: code }: Version = JSON.parse(
    callLambda(service, 'get-function-configuration', '--qualifier', live),
  );
  const { Versions: all }: { Versions: Version[] } = JSON.parse(callLambda(ofJobs, 'list-versions-by-function'));
  const version = all.findLast(
    ({ Version: number, CodeSha256 }) => number !== '$LATEST' && CodeSha256 === code,
  )?.Version;
  if (version === undefined)
    throw new Error(`Version ${live} answers, but jobs are done as before: no version of ${jobs} has its code.`);
  callLambda(ofJobs, 'update-alias', '--name', alias, '--function-version', version);
  console.log(`Jobs are done by version ${version} of ${jobs}`);
}
