import { Parser } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import { callProgram } from './run-program.ts';

function tagsOf(html: string): { readonly name: string; readonly attributes: Readonly<Record<string, string>> }[] {
  const tags: { name: string; attributes: Record<string, string> }[] = [];
  const parser = new Parser({ onopentag: (name, attributes) => tags.push({ name, attributes }) });
  parser.end(html);
  return tags;
}

describe('refund-triage conventions', () => {
  it('prints Markdown for one merchant, its own language first', async () => {
    const { status, stdout, stderr } = await callProgram(['conventions', 'storybookly']);
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^# StoryBookly\n\n## Як напісаць у StoryBookly\n/u);
    expect(stdout).toContain('**Тэма ліста:** `Запыт на вяртанне - [Нумар замовы]`');
    expect(stdout).toContain('## Writing to StoryBookly');
    expect(stdout).toContain('](mailto:hello@storybookly.app?subject=Refund%20request%20-%20&body=Order%20number%3A%20%0D%0A');
  });

  it('prints all merchants where none is named', async () => {
    const { stdout } = await callProgram(['conventions']);
    expect(stdout.match(/^# .*$/gmu)).toEqual(['# AI3DGen.com', '# IMGto3D.ai', '# Stone AI', '# StoryBookly', '# Winno Dream Imaging']);
  });

  it('prints a page that stands alone: every language marked, Arabic from the right, no script and nothing loaded', async () => {
    const { status, stdout } = await callProgram(['conventions', 'imgto3d', '--html']);
    expect(status).toBe(0);
    const tags = tagsOf(stdout);
    const sections = tags.filter(({ name }) => name === 'section');
    expect(sections.map(({ attributes }) => attributes['lang'])).toEqual(['ru', 'en', 'ar', 'es', 'fr', 'it', 'ja', 'ko', 'pl', 'pt', 'tr']);
    expect(sections.filter(({ attributes }) => attributes['dir'] === 'rtl').map(({ attributes }) => attributes['lang'])).toEqual(['ar']);
    expect(tags.some(({ name }) => ['script', 'img', 'link', 'iframe'].includes(name))).toBe(false);
    expect(stdout).not.toMatch(/https?:|url\(|@import/u);
    expect(stdout).toContain('prefers-color-scheme: dark');
    expect(stdout).toContain('name="viewport"');
    const links = tags.flatMap(({ attributes }) => attributes['href'] ?? []);
    for (const id of links.filter((href) => href.startsWith('#'))) expect(sections.map(({ attributes }) => `#${attributes['id'] ?? ''}`)).toContain(id);
    expect(links.filter((href) => href.startsWith('mailto:support@imgto3d.ai?subject=')).length).toBe(33);
  });

  it('says what is wrong with a call', async () => {
    const unknown = await callProgram(['conventions', 'storybokly']);
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain('There is no pack "storybokly". Did you mean "storybookly"?');
    const several = await callProgram(['conventions', '--html']);
    expect(several.status).toBe(2);
    expect(several.stderr).toContain("conventions --html prints one merchant's page: ai3dgen, imgto3d");
  });
});
