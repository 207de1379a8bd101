import { relative } from 'node:path';
import type { Plan } from '../plan/plan.ts';
import { outerRepository } from '../project/outer-repository.ts';
import type { Target } from '../project/target.ts';
import { findWorkspace, type Workspace } from '../project/workspace.ts';
import type { Prompts } from './command.ts';

/** What a project finds around itself. */
export interface Surroundings {
  /** The workspace that it is, or becomes, a member of. */
  readonly workspace?: Workspace;
  /** What is worth saying of them. */
  readonly notes: readonly string[];
}

/** Whether to join a workspace that does not take the project in yet: as a flag says, or somebody who is asked. */
export type Join = 'join' | 'stay' | { readonly ask: Prompts };

/** Looks around the folder of a project; nothing is written. @throws {@link Interrupted} when the user leaves the question */
export async function surveySurroundings(planned: Plan, { folder }: Target, join: Join): Promise<Surroundings> {
  const notes = workflowNotes(planned, folder);
  const found = await findWorkspace(folder);
  if (found === undefined)
    return { notes: join === 'join' ? [...notes, '--workspace: there is no workspace above the project.'] : notes };
  const joins = !found.isMember && (await isJoining(found, join));
  if (found.isMember || joins) return { workspace: found, notes: [...notes, ...memberNotes(found)] };
  const { root, manager, path } = found;
  return { notes: [...notes, `${root} has ${manager} workspaces, and ${path} is none of them; --workspace makes it one.`] };
}

async function isJoining({ root, manager, path }: Workspace, join: Join): Promise<boolean> {
  if (typeof join === 'string') return join === 'join';
  const answer = await join.ask.choice<'no' | 'yes'>(`${root} has ${manager} workspaces. Make ${path} one of them?`, [
    { value: 'no', label: 'No, it stands by itself' },
    { value: 'yes', label: 'Yes, add it to the list' },
  ]);
  return answer === 'yes';
}

function memberNotes({ root, manager, path }: Workspace): string[] {
  const note = `${path} is a workspace of ${root}: ${manager} installs its dependencies there.`;
  return [manager === 'npm' ? note : `${note} The Makefile calls npm; put ${manager} in its place.`];
}

/** GitHub looks for workflows at the top of a repository alone. */
function workflowNotes({ files }: Plan, folder: string): string[] {
  const root = outerRepository(folder);
  if (root === undefined || !files.some(({ path }) => path.startsWith('.github/workflows/'))) return [];
  const path = relative(root, folder).replaceAll('\\', '/');
  return [
    `GitHub runs no workflow of ${path}/.github, only those of ${root}/.github: move them there, and give each "working-directory: ${path}".`,
  ];
}
