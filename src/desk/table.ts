import { html, type Html, type HtmlValue } from './html.ts';

/** A table that becomes a list of cards on a phone, each cell with its column's name beside it. */
export interface Column<Row> {
  readonly label: string;
  readonly cell: (row: Row) => HtmlValue;
  /** `heading`: names its row. `number`: aligned at its end. `actions`: buttons; its label is only read out. */
  readonly kind?: 'heading' | 'number' | 'actions';
}

/** `caption` is read out; it is not shown. */
export function table<Row>(caption: string, columns: readonly Column<Row>[], rows: readonly Row[]): Html {
  return html`<table class="table">
<caption class="visually-hidden">${caption}</caption>
<thead><tr>${columns.map(({ label, kind }) => html`<th scope="col"${kind !== undefined && html` class="${kind}"`}>${kind === 'actions' ? html`<span class="visually-hidden">${label}</span>` : label}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => html`<tr>${columns.map((column) => cellOf(column, row))}</tr>
`)}</tbody>
</table>`;
}

function cellOf<Row>({ label, cell, kind }: Column<Row>, row: Row): Html {
  if (kind === 'heading') return html`<th scope="row">${cell(row)}</th>`;
  return html`<td data-label="${label}"${kind !== undefined && html` class="${kind}"`}>${cell(row)}</td>`;
}
