import { capture } from './command.ts';

interface Service {
  readonly region: string;
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
 * @throws Error when there is none
 */
export function followAlias(service: Service, live: string): void {
  const { region, function_name: answering, jobs_function_name: jobs, alias_name: alias } = service;
  const call = (command: string, name: string, ...args: readonly string[]) =>
    capture('aws', 'lambda', command, '--function-name', name, '--region', region, '--output', 'json', ...args);
  const { CodeSha256: code }: Version = JSON.parse(call('get-function-configuration', answering, '--qualifier', live));
  const { Versions: all }: { Versions: Version[] } = JSON.parse(call('list-versions-by-function', jobs));
  const version = all.findLast(
    ({ Version: number, CodeSha256 }) => number !== '$LATEST' && CodeSha256 === code,
  )?.Version;
  if (version === undefined) throw new Error(`No version of ${jobs} has the code of version ${live}: make deploy.`);
  call('update-alias', jobs, '--name', alias, '--function-version', version);
  console.log(`Jobs are done by version ${version} of ${jobs}`);
}
