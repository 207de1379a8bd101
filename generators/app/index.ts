import type { BaseFeatures, BaseOptions } from 'yeoman-generator';
import type { Call } from '../../src/commands/command.ts';
import { finishProject, reportProject } from '../../src/commands/finish-project.ts';
import { decideProject, type NewProject } from '../../src/commands/new-project.ts';
import type { Flag } from '../../src/commands/parse-flags.ts';
import { flagsOf } from '../../src/commands/prepare.ts';
import { checkWritable } from '../../src/project/target.ts';
import { CommandGenerator, type Writing } from '../command-generator.ts';

/** `yo tsflask NAME`: what `tsflask new NAME` does, asked and written by Yeoman. */
export default class extends CommandGenerator {
  #project?: NewProject;

  constructor(args: string[], options: BaseOptions, features?: BaseFeatures) {
    super(args, options, features);
    this.argument('name', { type: String, required: false, description: 'Folder of the project; its last part is the name' });
  }

  protected override ownFlags(): readonly Flag[] {
    return flagsOf([]);
  }

  protected override howToCall(): string {
    return 'Usage: yo tsflask NAME [flags]\n\nWrite a new project into ./NAME.';
  }

  protected override async decideCall(call: Call): Promise<Writing | undefined> {
    this.#project = await decideProject(call);
    const { isDry, target, files } = this.#project;
    if (isDry) return undefined;
    checkWritable(target);
    return { folder: target.folder, steps: files };
  }

  /** Not as late as `writing`, whose turn comes behind that of a generator which composes this one: so it finds our files in its own. */
  initializing(): void {
    this.layOwnFiles();
  }

  async conflicts(): Promise<void> {
    await this.writeOwnFiles();
  }

  async end(): Promise<void> {
    if (this.#project === undefined) return;
    const code = reportProject(this.#project, await finishProject(this.#project, process), process);
    // That an install failed is no reason for the other generators of a run to stop.
    if (code === 2) process.exitCode = code;
  }
}
