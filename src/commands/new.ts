import { apply } from '../project/apply.ts';
import type { ExitCode, Terminal } from './command.ts';
import { finishProject, reportProject } from './finish-project.ts';
import { decideProject } from './new-project.ts';
import { parseFlags } from './parse-flags.ts';
import { withReplay } from './report-error.ts';

/** `tsflask new NAME`: a repository in ./NAME. */
export async function runNew(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const project = await decideProject({
    readFlags: (flags, onUnknown) => parseFlags(argv, flags, onUnknown),
    cwd: terminal.cwd,
    findPrompts: () => (terminal.isInteractive ? terminal.prompts : undefined),
    print: (text) => terminal.stdout.write(text),
  });
  if (!project.isDry) {
    await apply(project.files, project.target).catch((error: unknown) => {
      throw withReplay(error, project.replay);
    });
  }
  return reportProject(project, await finishProject(project, terminal), terminal);
}
