import { main, runCommand } from './cloud/command.ts';

// Runs the program named, as it is; when it fails, one line more says what to do.
await main(() => runCommand(process.argv.slice(2)));
