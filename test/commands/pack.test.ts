import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { callProgram } from './run-program.ts';

let dir = '';
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'refund-triage-pack-'));
});
afterEach(() => rm(dir, { recursive: true }));

const pack = (...args: readonly string[]) => callProgram(['pack', ...args, '--templates', dir], { cwd: dir });

describe('refund-triage pack new', () => {
  it('lays out a folder in which there is nothing to mend, in every language there are phrases in', async () => {
    const made = await pack('new', 'bean-club', '--languages', 'ru,be,es,fr,it,pt,pl,tr,ja,ko,ar');
    expect(made.stderr).toMatch(/^Next: put your policy's text into policy\.en\.txt/u);
    expect(made.status).toBe(0);
    const files = made.stdout.trimEnd().split('\n');
    expect(files).toContain(join('bean-club', 'policy.yaml'));
    expect(files.length).toBe((await readdir(join(dir, 'bean-club'), { recursive: true })).filter((path) => /\.\w+$/u.test(path)).length);
    const policy = await readFile(join(dir, 'bean-club', 'policy.yaml'), 'utf8');
    expect(policy).toContain('display_name: Bean Club ');
    expect(policy).toContain('languages: [en, ru, be, es, fr, it, pt, pl, tr, ja, ko, ar]');
    expect(await pack('check')).toEqual({ status: 0, stdout: 'bean-club: nothing to mend\n', stderr: '' });
  });

  it.each([
    [['Bean Club'], /"Bean Club" cannot be a pack's name/u],
    [['../bean'], /cannot be a pack's name/u],
    [['shared'], /cannot be a pack's name/u],
    [['bean', '--languages', 'rus'], /there are no phrases in "rus" yet\. Did you mean "ru"\?/u],
  ])('refuses %j and writes nothing', async (args, message) => {
    const { status, stdout, stderr } = await pack('new', ...args);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toMatch(/^refund-triage: pack_not_made: /u);
    expect(stderr).toMatch(message);
    expect(await readdir(dir)).toEqual([]);
  });

  it('never writes over a folder', async () => {
    await pack('new', 'bean-club');
    expect((await pack('new', 'bean-club')).stderr).toContain('is there already');
  });
});

describe('refund-triage pack check', () => {
  it('names each finding by file and line, also where the policy cannot be used, and ends with status 1', async () => {
    await pack('new', 'bean-club');
    await pack('new', 'tea-house');
    const file = join(dir, 'bean-club', 'policy.yaml');
    await writeFile(file, (await readFile(file, 'utf8')).replace('clause: "5"', 'clause: "9"'));
    const other = join(dir, 'tea-house', 'policy.yaml');
    await writeFile(other, (await readFile(other, 'utf8')).replace('time_zone: UTC', 'timezone: UTC'));
    const { status, stdout, stderr } = await pack('check');
    expect({ status, stderr }).toEqual({ status: 1, stderr: '\n3 findings\n' });
    expect(stdout.trimEnd().split('\n')).toEqual([
      expect.stringMatching(/^tea-house\/policy\.yaml:\d+: mistake: time_zone: is required$/u),
      expect.stringMatching(/^tea-house\/policy\.yaml:\d+: mistake: timezone: unknown key\. Did you mean "time_zone"\?$/u),
      expect.stringMatching(/^bean-club\/policy\.yaml:\d+: clause: clause "9" is not found in policy\.en\.txt/u),
    ]);
    expect((await pack('check', 'bean-club')).stdout.trimEnd().split('\n')).toHaveLength(1);
  });

  it('finds nothing in the packs that come with it', async () => {
    expect(await callProgram(['pack', 'check'], { cwd: dir })).toEqual({ status: 0, stdout: 'ai3dgen, imgto3d, stone-ai, storybookly, winno: nothing to mend\n', stderr: '' });
  });
});

describe('refund-triage pack explain', () => {
  it('prints the policy as a decision table in plain words', async () => {
    const { status, stdout } = await callProgram(['pack', 'explain', 'stone-ai'], { cwd: dir });
    expect(status).toBe(0);
    expect(stdout).toContain('# How requests to Stone AI are decided');
    expect(stdout).toContain('| 8 | unused-late | the reason is unused balance or changed mind, and more than 14 days since the payment | no refund | nothing | 2.1');
    expect(stdout).toContain('- An answer within 5 business days after the mail arrives.');
  });

  it('prints it as a page of HTML', async () => {
    const { stdout } = await callProgram(['pack', 'explain', 'winno', '--html'], { cwd: dir });
    expect(stdout).toMatch(/^<!DOCTYPE html>/u);
    expect(stdout).toContain('<td>print-begun</td>');
    expect(stdout).toContain('prefers-color-scheme: dark');
    expect(stdout.match(/<tr>/gu)?.length).toBe(14);
  });
});

it.each([
  [['pack'], 'pack needs new, check or explain.'],
  [['pack', 'chekc'], 'pack knows no "chekc". Did you mean "check"?'],
  [['pack', 'explain'], 'pack explain needs the name of a pack.'],
  [['pack', 'check', '--html'], 'pack check takes no --html.'],
  [['pack', 'explain', 'wino'], /There is no pack "wino" in .*templates\. Did you mean "winno"\?/u],
])('refund-triage %j says what was meant, with status 2', async (args, message) => {
  const { status, stderr } = await callProgram(args, { cwd: dir });
  expect(status).toBe(2);
  expect(stderr.split('\n')[0]?.slice('refund-triage: '.length)).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
});
