import { apply } from '../project/apply.ts';
import type { ExitCode, Terminal } from './command.ts';
import { finishProject, reportProject } from './finish-project.ts';
import { decideProject } from './new-project.ts';
import { withReplay } from './report-error.ts';
import { terminalCall } from './terminal-call.ts';

/** `tsflask new NAME`: a repository in ./NAME. */
export async function runNew(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const project = await decideProject(terminalCall(argv, terminal));
  if (!project.isDry) {
    await apply(project.files, project.target).catch((error: unknown) => {
      throw withReplay(error, project.replay);
    });
  }
  return reportProject(project, await finishProject(project, terminal), terminal);
}
