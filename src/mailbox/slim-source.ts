import type { SlimNode, SlimPlan } from './slim-plan.ts';

const crlf = Buffer.from('\r\n');

/** What mail programs put before the first and after the last part ("This is a multi-part message in MIME format.") is shorter. */
const strayBytes = 2_048;

/**
 * Puts a mail together again from its fetched sections: the headers as they were, the leaves cut. Null when a section is missing, a boundary does
 * not stand in its header as the server understood it (then a reader might understand it otherwise, too), or much of the mail lies outside all parts.
 */
export function composeSlimSource(plan: SlimPlan, sections: ReadonlyMap<string, Buffer>, mailBytes: number): Buffer | null {
  const pieces: Buffer[] = [];
  let complete = true;

  const write = (node: SlimNode): void => {
    const header = sections.get(node.headerSection);
    if (header === undefined) {
      complete = false;
      return;
    }
    pieces.push(header);
    if (!endsWithBlankLine(header)) pieces.push(crlf);
    if (node.kind === 'leaf') {
      const body = node.readBytes === 0 ? Buffer.alloc(0) : sections.get(node.bodySection);
      if (body === undefined) complete = false;
      else pieces.push(body.length > node.readBytes ? body.subarray(0, node.readBytes) : body);
      return;
    }
    if (node.kind === 'message') {
      write(node.content);
      return;
    }
    if (!header.includes(node.boundary)) complete = false;
    node.children.forEach((child, index) => {
      pieces.push(Buffer.from(`${index === 0 ? '' : '\r\n'}--${node.boundary}\r\n`));
      write(child);
    });
    pieces.push(Buffer.from(`\r\n--${node.boundary}--\r\n`));
  };

  write(plan.root);
  const source = Buffer.concat(pieces);
  const left = plan.leaves.reduce((sum, leaf) => sum + leaf.bytes - leaf.readBytes, 0);
  return complete && mailBytes - source.length - left <= strayBytes ? source : null;
}

function endsWithBlankLine(header: Buffer): boolean {
  const end = header.subarray(-4).toString('latin1');
  return end === '\r\n' || end.endsWith('\r\n\r\n') || end.endsWith('\n\n');
}
