import { html, type Html } from './html.ts';

/** Charts as pictures made of SVG, without a script and without a style of their own (the page's CSP allows none): each stands beside a table that says the same. */

const width = 720;
const height = 180;
const baseline = 150;
const topline = 14;

/** Bars side by side, one a day; `part` of each is drawn stronger. `label` is read out in place of the picture. */
export function dayBars(label: string, days: readonly { readonly name: string; readonly value: number; readonly part: number }[], format: (value: number) => string): Html {
  const highest = Math.max(1, ...days.map(({ value }) => value));
  const step = width / Math.max(1, days.length);
  const bar = Math.max(1, Math.min(34, step * 0.72));
  const heightOf = (value: number): number => round((value / highest) * (baseline - topline));
  const everyNth = Math.ceil(days.length / 8);
  return html`<svg class="chart" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">
<line class="chart-line" x1="0" x2="${width}" y1="${topline}" y2="${topline}"/><line class="chart-line" x1="0" x2="${width}" y1="${baseline}" y2="${baseline}"/>
<text class="chart-text" x="0" y="${topline - 3}">${format(highest)}</text>
${days.map(({ name, value, part }, index) => {
    const x = round(index * step + (step - bar) / 2);
    return html`<g><title>${name}: ${format(value)}</title><rect class="chart-bar" x="${x}" y="${baseline - heightOf(value)}" width="${round(bar)}" height="${heightOf(value)}"/>
<rect class="chart-part" x="${x}" y="${baseline - heightOf(part)}" width="${round(bar)}" height="${heightOf(part)}"/>${index % everyNth === 0 && html`<text class="chart-text" x="${round(Math.min(width - 40, Math.max(0, x + bar / 2 - 18)))}" y="${baseline + 18}">${name}</text>`}</g>
`;
  })}</svg>`;
}

/** A bar for a table's cell, where the number stands beside it. */
export function shareBar(share: number): Html {
  return html`<svg class="share-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="chart-rest" width="100" height="8"/><rect class="chart-part" width="${round(Math.max(0, Math.min(1, share)) * 100)}" height="8"/></svg>`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
