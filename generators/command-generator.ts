import Generator, { type BaseFeatures, type BaseOptions, type PromptQuestion } from 'yeoman-generator';
import type { Call, Prompts } from '../src/commands/command.ts';
import { formatFlags } from '../src/commands/format-flags.ts';
import { readTokens, type Flag } from '../src/commands/parse-flags.ts';
import { yeomanError } from '../src/commands/yeoman-error.ts';
import { layFiles, takeFiles, type Memory } from '../src/commands/yeoman-files.ts';
import { yeomanTokens } from '../src/commands/yeoman-options.ts';
import { drawnBy, isAnswering, yeomanPrompts } from '../src/commands/yeoman-prompts.ts';
import { apply, type ApplyOptions, type FileStep } from '../src/project/apply.ts';
import { inspectTarget } from '../src/project/target.ts';
import { styleFor } from '../src/report/style.ts';
import { widthOf } from '../src/report/wrap.ts';

/** What a command writes, in order: its records are the last. */
export interface Writing extends ApplyOptions {
  readonly folder: string;
  readonly steps: readonly FileStep[];
}

/**
 * A command of ours as a generator: everything is asked and decided before the first task, so that nothing that fails later can be
 * the user's mistake; then written as Yeoman wants it. Tasks are those of the class that extends it, by the names of priorities.
 */
export abstract class CommandGenerator extends Generator<
  Record<string, unknown>,
  BaseOptions & { h?: unknown; color?: unknown }
> {
  readonly #args: readonly string[];
  #writing?: Writing | undefined;

  constructor(args: string[], options: BaseOptions, features?: BaseFeatures) {
    // Ours are the judgement of flags and the install; of the methods only those named after a priority are tasks.
    super(args, options, { ...features, skipParseOptions: true, customInstallTask: true, tasksMatchingPriority: true });
    this.#args = args;
    for (const { name, type, help } of this.ownFlags()) {
      const optionType = { switch: Boolean, text: String, texts: Array }[type];
      this.option(name.replace(/^no-/, ''), { type: optionType, description: help });
    }
  }

  /** Those that are known without the user's overlays. */
  protected abstract ownFlags(): readonly Flag[];
  protected abstract howToCall(): string;
  /** @returns nothing where nothing is to be written */
  protected abstract decideCall(call: Call): Promise<Writing | undefined>;

  override help(): string {
    const { stdout } = process;
    return `${this.howToCall()}\n\n${formatFlags(this.ownFlags(), styleFor(stdout), widthOf(stdout))}\n`;
  }

  async _postConstruct(): Promise<void> {
    // Yeoman looks for --help alone.
    if (this.options.h === true) return void process.stdout.write(this.help());
    if (this.options.color === false) process.env['NO_COLOR'] = '1';
    const call = { args: this.#args, options: { ...this.options }, argv: process.argv };
    await this.reporting(async () => {
      this.#writing = await this.decideCall({
        readFlags: (flags, onUnknown) => readTokens(yeomanTokens(call, flags), flags, onUnknown),
        cwd: this.destinationRoot(),
        findPrompts: () => this.#findPrompts(),
        print: (text) => process.stdout.write(text),
      });
    });
  }

  #findPrompts(): Prompts | undefined {
    const { adapter } = this.env;
    if (!isAnswering(adapter)) return undefined;
    return yeomanPrompts((inquiry) => this.prompt([inquiry as PromptQuestion]), drawnBy(adapter));
  }

  /** Puts the files into the memory that generators share. */
  protected layOwnFiles(): void {
    if (this.#writing === undefined) return;
    this.destinationRoot(this.#writing.folder);
    layFiles(this.#writing.steps, this.#writing.folder, this.#memory());
  }

  /** Writes them as the command does in a terminal, all or none, before Yeoman comes to what others wrote. */
  protected async writeOwnFiles(): Promise<void> {
    if (this.#writing === undefined) return;
    const { folder, steps, ...options } = this.#writing;
    await this.reporting(() => apply(takeFiles(steps, folder, this.#memory()), inspectTarget(folder), options));
  }

  #memory(): Memory {
    return {
      write: (path, content, options) => this.fs.write(path, content, options),
      delete: (path) => this.fs.delete(path),
      get: (path) => this.env.sharedFs.get(path),
    };
  }

  protected async reporting(step: () => Promise<void>): Promise<void> {
    await step().catch((error: unknown) => {
      throw yeomanError(error, process.argv[1]);
    });
  }
}
