import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseCall } from '../../src/commands/parse-call.ts';
import { runProgram } from './run-program.ts';

describe('refund-triage', () => {
  it.each([[[]], [['--help']]])('lists its commands when called with %j', async (args) => {
    const { status, stdout, stderr } = await runProgram(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of ['read', 'explain', 'replay', 'run', 'check', 'demo']) expect(stdout).toMatch(new RegExp(`^ {2}${command} +\\S`, 'm'));
  });

  it.each(['read', 'explain', 'replay', 'run', 'check', 'demo'])('explains the command %s', async (command) => {
    const { status, stdout } = await runProgram([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: refund-triage ${command} `));
  });

  it('says its version', async () => {
    expect(await runProgram(['--version'])).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  });

  it('keeps what it compiled among the user\'s own files, and starts from it', async () => {
    const caches = await mkdtemp(join(tmpdir(), 'refund-triage-caches-'));
    try {
      const first = await runProgram(['pack', '--help'], { environment: { XDG_CACHE_HOME: caches } });
      expect(await readdir(join(caches, 'refund-triage', 'compiled'))).toHaveLength(1);
      expect(await runProgram(['pack', '--help'], { environment: { XDG_CACHE_HOME: caches } })).toEqual(first);
    } finally {
      await rm(caches, { recursive: true });
    }
  });

  it.each([
    [['raed', 'x.eml'], 'Unknown command "raed". Did you mean "read"?'],
    [['frobnicate'], 'Unknown command "frobnicate".'],
    [['--versoin'], 'Unknown option --versoin. Did you mean "--version"?'],
    [['run', '--since', 'tomorrow'], '--since: expected a date such as 2026-03-01, not "tomorrow".'],
    [['read'], 'read needs at least one file.'],
  ])('answers %j with what was meant, and status 2', async (args, message) => {
    const { status, stdout, stderr } = await runProgram(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(`refund-triage: ${message}`);
  });
});

describe('a call of a command', () => {
  const command = {
    options: { once: { type: 'boolean' }, config: { type: 'string' }, since: { type: 'string' } },
    positionals: { min: 0, max: 1, what: 'a file' },
  } as const;

  it('gives options and arguments', () => {
    expect(parseCall('run', command, ['--once', '--config=a b.yaml', 'x', '--since', '2026-03-01'])).toEqual({
      values: { once: true, config: 'a b.yaml', since: '2026-03-01' },
      positionals: ['x'],
    });
    expect(parseCall('run', command, ['--', '--once']).positionals).toEqual(['--once']);
  });

  it.each([
    [['--onec'], 'Unknown option --onec. Did you mean "--once"?'],
    [['-x'], 'Unknown option -x.'],
    [['--toString'], 'Unknown option --toString.'],
    [['--once=yes'], '--once takes no value.'],
    [['--config'], '--config needs a value.'],
    [['--config', '--once'], '--config needs a value.'],
    [['a', 'extra'], 'run does not take "extra".'],
  ])('is refused for %j', (args, message) => {
    expect(() => parseCall('run', command, args)).toThrow(message);
  });
});
