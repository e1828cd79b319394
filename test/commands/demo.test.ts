import { once } from 'node:events';
import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputOf, runProgram, startProgram } from './run-program.ts';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'refund-triage-demo-'));
});
afterAll(async () => {
  await rm(dir, { recursive: true });
});

async function drafts(): Promise<string[]> {
  return (await readdir(join(dir, 'Maildir', '.Drafts', 'cur'))).toSorted();
}

const late = `From: Ines Prado <ines@correo.example>
To: hello@storybookly.app
Subject: Cancel my plan
Date: Thu, 26 Mar 2026 10:00:00 +0000
Message-ID: <late-1@correo.example>

Hello, please cancel my StoryBookly subscription, I don't use it any more.

Ines
`;

describe('the demo', () => {
  it('works through the samples, watches, answers what is copied in, keeps a second one out, and ends at Ctrl-C', async () => {
    const child = startProgram(['demo', '--dir', dir]);
    const output = outputOf(child);
    await output.has('Watching.');
    for (const merchant of ['ai3dgen', 'imgto3d', 'stone-ai', 'storybookly', 'winno']) expect(output.text()).toMatch(new RegExp(`│ ${merchant} +│`));
    for (const language of ['Belarusian', 'English', 'French', 'Japanese', 'Polish', 'Portuguese', 'Russian', 'Spanish', 'Turkish']) {
      expect(output.text()).toMatch(new RegExp(`│ ${language} +│`));
    }
    expect(output.text()).toContain(join(dir, 'Maildir', '.Drafts', 'cur'));
    const [link = ''] = /http:\S+\/sign-in\/link\/\S+/.exec(output.text()) ?? [];
    expect(await (await fetch(link)).text()).toContain('Sign in as Demo');
    const before = await drafts();

    await writeFile(join(dir, 'Maildir', 'new', 'late-one.eml'), late);
    await output.has('Re: Cancel my plan');
    await writeFile(join(dir, 'Maildir', 'cur', 'late-two.eml:2,S'), late.replace('late-1@', 'late-2@').replace('Ines', 'Olga').replaceAll('ines@', 'olga@'));
    await output.has('olga@correo.example → storybookly');
    const after = await drafts();
    expect(after.length).toBe(before.length + 2);
    const [draft = ''] = await Promise.all(after.filter((name) => !before.includes(name)).map((name) => readFile(join(dir, 'Maildir', '.Drafts', 'cur', name), 'utf8')));
    expect(draft).toMatch(/^In-Reply-To: <late-[12]@correo\.example>/m);

    const second = await runProgram(['demo', '--once', '--dir', dir]);
    expect(second).toMatchObject({ status: 1, stderr: expect.stringMatching(/^refund-triage: store_in_use: /) });

    child.kill('SIGINT');
    const [status] = await once(child, 'close');
    expect(status).toBe(0);
    expect(output.text()).toMatch(/Ended\.\n$/);
  });

  it('leaves every mail as unread as it was', async () => {
    const names = (await readdir(join(dir, 'Maildir'), { recursive: true })).filter((name) => /^(new|cur)\/./.test(name));
    expect(names.length).toBeGreaterThanOrEqual(17);
    expect(names.filter((name) => /:2,.*S/.test(name)).map((name) => name.split(':')[0])).toEqual(['cur/late-two.eml']);
  });

  it('answers nothing twice at the second start', async () => {
    const before = await drafts();
    const { status, stdout, stderr } = await runProgram(['demo', '--once', '--dir', dir]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain('No mail that has not been worked through before.');
    expect(await drafts()).toEqual(before);
  });

  it('answers nothing twice when its store was lost', async () => {
    const before = await drafts();
    await rm(join(dir, 'store'), { recursive: true });
    const { status } = await runProgram(['demo', '--once', '--dir', dir]);
    expect(status).toBe(0);
    expect(await drafts()).toEqual(before);
  });
});
