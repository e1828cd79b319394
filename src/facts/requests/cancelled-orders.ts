import type { Hit } from '../text/phrases.ts';
import type { Vocabulary } from '../merchant/vocabulary.ts';

/** Where work is sold, who cancels an order ends the work, and the same words ask for no money; elsewhere it is the money that is asked back. */
export function hearCancelledOrders(hits: Hit[], { products }: Pick<Vocabulary, 'products'>): Hit[] {
  if (!products.includes('digital_service')) return hits;
  const cancelling = hits.filter(({ concept }) => concept === 'want_cancel_order');
  const isSaidSo = (hit: Hit): boolean => hit.concept === 'want_refund' && cancelling.some(({ sentence, start, end }) => sentence === hit.sentence && start <= hit.start && hit.end <= end);
  return hits.filter((hit) => !isSaidSo(hit)).map((hit) => (hit.concept === 'want_cancel_order' ? { ...hit, concept: 'want_cancel' } : hit));
}
