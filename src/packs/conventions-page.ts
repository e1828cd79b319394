import { escapeHtml } from '../draft/quote.ts';
import type { Conventions, LanguageConventions, MailConvention } from './conventions.ts';

/** The conventions as Markdown, a section for each language. */
export function conventionsMarkdown({ languages }: Conventions): string {
  return languages.map(({ title, intro, words, mails }) => [
    `## ${title}`,
    intro,
    ...mails.map(({ name, subject, lines, attachments, link }) => [
      `### ${name}`,
      `**${words.subject}:** \`${subject}\``,
      `**${words.details}:**\n\n${lines.map((line) => `    ${line}`).join('\n')}`,
      ...(attachments.length === 0 ? [] : [`**${words.attach}:** ${attachments.join('; ')}`]),
      `[${words.open}](${link})`,
    ].join('\n\n')),
  ].join('\n\n')).join('\n\n');
}

/** The same as a page that a merchant can publish as it is: no script, nothing loaded from elsewhere, light and dark, narrow and wide. */
export function conventionsHtml(conventions: Conventions): string {
  const { merchant, address, languages } = conventions;
  const [first] = languages;
  const links = languages.map(({ language }) => `<a href="#${language}" lang="${language}" hreflang="${language}">${escapeHtml(languageName(language))}</a>`).join('\n');
  return `<!DOCTYPE html>
<html lang="${first?.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(first?.title ?? merchant)}</title>
<style>${style}</style>
</head>
<body>
<header>
<p class="merchant">${escapeHtml(merchant)}</p>
<p><a href="mailto:${escapeHtml(address)}">${escapeHtml(address)}</a></p>
${languages.length > 1 ? `<nav>\n${links}\n</nav>` : ''}
</header>
<main>
${languages.map(languageSection).join('\n')}
</main>
</body>
</html>
`;
}

function languageSection({ language, title, intro, words, mails }: LanguageConventions): string {
  return `<section id="${language}" lang="${language}"${language === 'ar' ? ' dir="rtl"' : ''}>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(intro)}</p>
<div class="mails">
${mails.map((mail) => mailCard(mail, words)).join('\n')}
</div>
</section>`;
}

function mailCard({ name, subject, lines, attachments, link }: MailConvention, words: LanguageConventions['words']): string {
  return `<article>
<h2>${escapeHtml(name)}</h2>
<dl>
<dt>${escapeHtml(words.subject)}</dt>
<dd><code>${escapeHtml(subject)}</code></dd>
<dt>${escapeHtml(words.details)}</dt>
<dd><ul>${lines.map((line) => `<li>${escapeHtml(line.replace(/\s?[:：]$/u, ''))}</li>`).join('')}</ul></dd>
${attachments.length === 0 ? '' : `<dt>${escapeHtml(words.attach)}</dt>\n<dd><ul>${attachments.map((each) => `<li>${escapeHtml(each)}</li>`).join('')}</ul></dd>\n`}</dl>
<p><a class="button" href="${escapeHtml(link)}">${escapeHtml(words.open)}</a></p>
</article>`;
}

/** `français`: a language by its own name. */
function languageName(language: string): string {
  return new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? language;
}

const style = `
:root { color-scheme: light dark; --ink: #1c1e21; --soft: #5b616b; --paper: #ffffff; --card: #f5f6f8; --line: #dcdfe4; --accent: #1a56c4; --on-accent: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8eaed; --soft: #a3aab5; --paper: #15171a; --card: #1e2126; --line: #343941; --accent: #8ab4ff; --on-accent: #0b1a33; } }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif; overflow-wrap: anywhere; }
header { border-bottom: 1px solid var(--line); padding-bottom: 1rem; }
header p { margin: 0; }
.merchant { font-weight: 600; }
a { color: var(--accent); }
nav { display: flex; flex-wrap: wrap; gap: .5rem 1rem; margin-top: .75rem; }
section { padding-top: 1.5rem; }
section + section { margin-top: 2rem; border-top: 1px solid var(--line); }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 0 0 .75rem; }
.mails { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(18rem, 100%), 1fr)); gap: 1rem; margin-top: 1.25rem; }
article { display: flex; flex-direction: column; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.1rem; }
article p { margin: auto 0 0; padding-top: .75rem; }
dl { margin: 0; }
dt { color: var(--soft); font-size: .85rem; }
dd { margin: 0 0 .6rem; }
dd ul { margin: 0; padding-inline-start: 1.2rem; }
code { font: .95em/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.button { display: inline-block; padding: .55rem 1rem; border-radius: .5rem; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
.button:focus-visible, a:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
@media print { nav, .button { display: none; } }
`;
