import type { Stats } from 'node:fs';
import Generator, { type BaseFeatures, type BaseOptions, type PromptQuestion } from 'yeoman-generator';
import type { Prompts } from '../../src/commands/command.ts';
import { finishProject, reportProject } from '../../src/commands/finish-project.ts';
import { formatFlags } from '../../src/commands/format-flags.ts';
import { decideProject, type NewProject } from '../../src/commands/new-project.ts';
import { readTokens } from '../../src/commands/parse-flags.ts';
import { flagsOf } from '../../src/commands/prepare.ts';
import { yeomanError } from '../../src/commands/yeoman-error.ts';
import { yeomanTokens } from '../../src/commands/yeoman-options.ts';
import { drawnBy, isAnswering, yeomanPrompts } from '../../src/commands/yeoman-prompts.ts';
import { checkWritable } from '../../src/project/target.ts';
import { styleFor } from '../../src/report/style.ts';
import { widthOf } from '../../src/report/wrap.ts';

/** `yo tsflask NAME`: what `tsflask new NAME` does, asked and written by Yeoman. */
export default class extends Generator<Record<string, unknown>, BaseOptions & { h?: unknown; color?: unknown }> {
  readonly #args: readonly string[];
  #project?: NewProject;

  constructor(args: string[], options: BaseOptions, features?: BaseFeatures) {
    // Ours are the judgement of flags and the install; of the methods only those named after a priority are tasks.
    super(args, options, { ...features, skipParseOptions: true, customInstallTask: true, tasksMatchingPriority: true });
    this.#args = args;
    this.argument('name', { type: String, required: false, description: 'Folder of the project; its last part is the name' });
    for (const { name, type, help } of flagsOf([])) {
      const optionType = { switch: Boolean, text: String, texts: Array }[type];
      this.option(name.replace(/^no-/, ''), { type: optionType, description: help });
    }
  }

  override help(): string {
    const { stdout } = process;
    const flags = formatFlags(flagsOf([]), styleFor(stdout), widthOf(stdout));
    return `Usage: yo tsflask NAME [flags]\n\nWrite a new project into ./NAME.\n\n${flags}\n`;
  }

  /** Everything is asked and decided here, before the first task: nothing that fails later can be the user's mistake. */
  async _postConstruct(): Promise<void> {
    // Yeoman looks for --help alone.
    if (this.options.h === true) return void process.stdout.write(this.help());
    if (this.options.color === false) process.env['NO_COLOR'] = '1';
    const call = { args: this.#args, options: { ...this.options }, argv: process.argv };
    try {
      this.#project = await decideProject({
        readFlags: (flags, onUnknown) => readTokens(yeomanTokens(call, flags), flags, onUnknown),
        cwd: this.destinationRoot(),
        findPrompts: () => this.#findPrompts(),
      });
      if (!this.#project.isDry) checkWritable(this.#project.target);
    } catch (error) {
      throw yeomanError(error, process.argv[1]);
    }
  }

  #findPrompts(): Prompts | undefined {
    const { adapter } = this.env;
    if (!isAnswering(adapter)) return undefined;
    return yeomanPrompts((inquiry) => this.prompt([inquiry as PromptQuestion]), drawnBy(adapter));
  }

  /**
   * Puts the files into the memory that Yeoman writes at the end. Not as late as `writing`, whose turn comes behind that of a
   * generator which composes this one: so it finds our files in its own.
   */
  initializing(): void {
    const { files = [], target, isDry } = this.#project ?? {};
    if (!target || isDry) return;
    this.destinationRoot(target.folder);
    for (const { path, content, executable } of files) {
      const full = this.destinationPath(path);
      const stat = { mode: executable ? 0o755 : undefined } as Stats; // the mode is all that is read of it
      this.fs.write(full, typeof content === 'string' ? content : Buffer.from(content), { stat });
      // A status of its own: Yeoman neither asks about the file again nor lists it.
      Object.assign(this.env.sharedFs.get(full), { conflicter: 'decided' });
    }
  }

  async end(): Promise<void> {
    if (this.#project) reportProject(this.#project, await finishProject(this.#project, process), process);
  }
}
