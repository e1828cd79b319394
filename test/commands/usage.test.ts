import { describe, expect, it } from 'vitest';
import { runProgram } from './run-program.ts';

describe('refund-triage', () => {
  it.each([[[]], [['--help']]])('lists its commands when called with %j', async (args) => {
    const { status, stdout, stderr } = await runProgram(args);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of ['read', 'run', 'check', 'demo']) expect(stdout).toMatch(new RegExp(`^ {2}${command} +\\S`, 'm'));
  });

  it.each(['read', 'run', 'check', 'demo'])('explains the command %s', async (command) => {
    const { status, stdout } = await runProgram([command, '--help']);
    expect(status).toBe(0);
    expect(stdout).toMatch(new RegExp(`^Usage: refund-triage ${command} `));
  });

  it('says its version', async () => {
    expect(await runProgram(['--version'])).toEqual({ status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), stderr: '' });
  });

  it.each([
    [['raed', 'x.eml'], 'Unknown command "raed". Did you mean "read"?'],
    [['frobnicate'], 'Unknown command "frobnicate".'],
    [['--versoin'], 'Unknown option --versoin. Did you mean "--version"?'],
    [['run', '--onec'], 'Unknown option --onec. Did you mean "--once"?'],
    [['run', '--once=yes'], '--once takes no value.'],
    [['run', '--config'], '--config needs a value.'],
    [['run', '--config', '--once'], '--config needs a value.'],
    [['run', 'extra'], 'run does not take "extra".'],
    [['run', '--since', 'tomorrow'], '--since: expected a date such as 2026-03-01, not "tomorrow".'],
    [['read'], 'read needs at least one file.'],
    [['read', '-x'], 'Unknown option -x.'],
  ])('answers %j with what was meant, and status 2', async (args, message) => {
    const { status, stdout, stderr } = await runProgram(args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr.split('\n')[0]).toBe(`refund-triage: ${message}`);
  });
});
