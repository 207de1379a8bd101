import type { Call } from '../../src/commands/command.ts';
import { decideUpdate, type Update } from '../../src/commands/decide-update.ts';
import { isOn, type Flag } from '../../src/commands/parse-flags.ts';
import { questionsOf } from '../../src/commands/prepare.ts';
import { reportUpdate, undoUpdate } from '../../src/commands/update.ts';
import { updateSwitches, withQuestions } from '../../src/commands/update-flags.ts';
import { loadBuiltInOverlays } from '../../src/project/built-in-overlays.ts';
import { CommandGenerator, type Writing } from '../command-generator.ts';

/** `yo tsflask:update`: what `tsflask update` does, asked and written by Yeoman. */
export default class extends CommandGenerator {
  #update?: Update;

  protected override ownFlags(): readonly Flag[] {
    return withQuestions(questionsOf(loadBuiltInOverlays()), updateSwitches);
  }

  protected override howToCall(): string {
    return 'Usage: yo tsflask:update [flags]\n\nBring this project up to date, and keep your edits.';
  }

  protected override async decideCall(call: Call): Promise<Writing | undefined> {
    const first = call.readFlags(withQuestions([], updateSwitches), 'pass');
    // It takes back files that are on the disk, of which the memory knows nothing.
    if (isOn(first, 'undo')) return void (await undoUpdate(call, process.stdout));
    this.#update = await decideUpdate(call);
    const { isDry, project, steps } = this.#update;
    return isDry || steps.length === 0 ? undefined : { folder: project, steps, undo: 'keep' };
  }

  initializing(): void {
    this.layOwnFiles();
  }

  async conflicts(): Promise<void> {
    await this.writeOwnFiles();
  }

  async end(): Promise<void> {
    if (this.#update) process.exitCode = await reportUpdate(this.#update, process);
  }
}
