import type { ProbeTask } from '../../src/worker/mail-probe.ts';

/** Stands for a mail that our reader does not survive: what happens to the process is what the mail's text says. */
process.once('message', ({ source }: ProbeTask) => {
  const text = Buffer.from(source).toString('utf8');
  if (text === 'late') {
    setInterval(() => undefined, 1_000);
    return;
  }
  process.send?.('ready');
  if (text === 'endless') for (;;) text.indexOf('never');
  if (text === 'greedy') {
    const kept: string[][] = [];
    for (;;) kept.push(Array.from({ length: 100_000 }, (_, index) => `${text}${String(index)}`));
  }
  process.kill(process.pid, 'SIGKILL');
});
