import type { PromiseWords } from './promise-words.ts';

const soon = '(?: now| gladly| also| just| already| happily| immediately| fully| of course| certainly| personally| be able to)*';
const weWill = `(?:i|we)(?: will|ll| shall| are going to| am going to| can| have|ve| are|re|re going to|m|m going to|d like to| would like to| want to)${soon}`;
const given = 'given|sent|returned|paid|issued|transferred|made|offered|processed|approved|granted|arranged|provided|credited|added|restored|initiated|shipped|printed|confirmed|accepted|completed|authori[sz]ed';

export const en: PromiseWords = {
  writing: 'spaced',
  refunding: [
    '(?:asked|told|instructed|requested) (?:\\p{l}+ ){1,3}to (?:refund|reimburse|return)', 'get your (?:[$€£]? ?\\d[\\d.,]* ?(?:[$€£]|euros?|dollars?)?|purchase price) back', 'refunded the (?:rest|difference|remainder|payment|charge|order)', '(?:payment|charge) (?:has been|was|will be) reversed',
    `(?:i|we)${soon} (?:refund|reimburse)`, `${weWill} (?:refund|refunding|refunded|reimburse|reimbursing|reimbursed|pay you back|paying you back|paid you back|give you back|give back)`,
    '(?:will be|is|are|was|has been|have been|is being)(?: fully| immediately| now| already| automatically)* (?:refunded|reimbursed|paid back|returned to your (?:card|account|wallet|paypal))', 'you will be(?: fully)? (?:refunded|reimbursed)', 'youll be(?: fully)? (?:refunded|reimbursed)', 'consider it refunded', 'refunded you', '(?:decided|agreed|happy|glad|pleased|able|ready|going) to (?:fully )?(?:refund|reimburse|pay you back|return)', 'return (?:the|your) (?:payment|money|purchase price|amount)', 'get (?:your|the) money back', '(?:your|the) money (?:will be|is)(?: \\p{l}+)? (?:with you|back|there|on (?:its|the) way)',
  ],
  giving: ['and (?:returning|refunding|paying|sending)', 
    'you can look forward to',
    `${weWill} (?:give|giving|send|sending|return|returning|pay|paying|issue|issuing|transfer|transferring|make|making|offer|offering|process|processing|approve|approving|grant|granting|arrange|provide|credit|crediting|add|adding|restore|restoring|initiate|ship|shipping|print|compensate|gift|replace|accept|confirm|${given})`,
    `you(?: will|ll| are going to| can| should)(?: soon| now| also)? (?:get|receive|expect|see|be getting|be receiving)`, `(?:has|have) been(?: already| now| fully)? (?:${given})`, `(?:is|are|will be|was)(?: now| already| being)? (?:guaranteed|yours|on its way|on the way|${given})`, 'on (?:its|their) way', 'please expect', '(?:will|should) (?:arrive|appear|show up|reach you)', 'i guarantee', 'we guarantee', 'i promise', 'we promise', 'guaranteed',
  ],
  entitling: ['provides for', 'entitles you to', 'you are entitled to', 'youre entitled to', 'you have (?:a|the) right to', 'you qualify for', 'you are eligible for', 'youre eligible for', 'is due to you', 'we owe you'],
  refund: ['refunds?', 'money back', '(?:your|the) money', 'reimbursement', '(?:full|whole|entire|total) (?:amount|sum|price|payment)', 'the amount', 'payout', 'cash'],
  replacement: ['(?:brand )?new (?:print|book|copy)', 'replacements?', '(?:new|another|second|fresh) (?:book|copy|print|one|item|portrait|product|parcel)', 'reprint', 'exchange'],
  credits: ['credits?', 'tokens?', 'generations?'],
  revision: ['revisions?', 'corrections?', 'adjustments?', 'new version', 'corrected version', 'rework'],
  extra: ['discounts?', 'coupons?', 'vouchers?', 'gifts?', 'gift cards?', 'bonus(?:es)?', 'free months?', 'month(?:s)? (?:for )?free', 'promo codes?', 'free upgrade', '\\d+ ?% off', 'extra credits', 'free credits', 'bonus credits'],
  handedBack: ['(?:can|may|must|be) (?:be )?returned', 'return (?:a|an|the|your|any|this) (?:gift )?vouchers?', 'hand(?:ed)? back', 'you (?:bought|purchased)', 'unused', 'not been used', 'has been used', 'redeemed', 'paid with'],
  replacing: [`${weWill} (?:replace|replaced|replacing|reprint|reprinted|exchange)`, 'will be replaced', 'is being reprinted'],
  revising: [`${weWill} (?:redo|revise|rework|correct|redraw|remake|fix)`, 'will be (?:redone|revised|reworked|corrected)'],
  cancelling: [`${weWill} cancel(?:l?ed|l?ing)?`, '(?:has|have) been cancell?ed', '(?:is|are)(?: now)? cancell?ed', 'will be cancell?ed'],
  full: ['full', 'fully', 'in full', 'whole', 'entire', 'complete', 'all (?:of )?your money', '100 ?%', 'every (?:cent|penny)', 'total'],
  news: ['answer', 'reply', 'response', 'decision', 'confirmation', 'news', 'information', 'update', 'details', 'instructions', 'e-?mail'],
  negatedBefore: ['not', 'no', 'never', 'cannot', 'cant', 'unable to', 'wont', 'dont', 'doesnt', 'isnt', 'without', 'neither', 'nor', 'whether', 'instead of', 'you (?:ask|asked|want|wanted) (?:us )?(?:for|to)', 'asking (?:us )?(?:for|to)', 'would have', 'would love', 'wish'],
  negatedAfter: ['is not', 'are not', 'cannot be', 'will not', 'wont', 'not possible', 'is excluded'],
  refusing: ['declin~', 'refus~', 'reject~', 'must be denied', '(?:cannot|cant|unable to|not able to|do not|does not|can not|will not)(?: \\p{l}+){0,3} refund~', 'cannot(?: \\p{l}+){0,4} (?:offer|accept|provide|give)', 'no refund', 'not refund~', 'is not a ground', 'we therefore cannot', 'excludes?', 'no longer possible', 'cannot take this up'],
  named: ['refunds?', 'reimbursements?', 'money back', 'free month'],
  spokenOf: ['requests?', 'policy', 'policies', 'ask~', 'understand', 'questions?', 'decisions?', 'would like', 'want', 'wanted', 'hope~', 'about', 'regarding', 'concerning', 'terms', 'whether', 'reasons?', 'grounds?', 'prefer~', 'choose', 'claims?', 'dispute', 'only', 'which you', 'go the same way', 'goes to'],
  conditions: ['if', 'once', 'as soon as', 'where', 'when', 'whether', 'unless', 'until', 'provided(?: that)?', 'subject to', 'in case', 'depend~', 'should (?:we|it|the)', 'an approved refund', 'approved refunds?', 'after (?:we|a colleague|approval|confirmation|checking)', 'within our revision period', 'within 14 calendar days of'],
  maybes: ['may', 'might', 'could', 'possible', 'possibly', 'perhaps', 'consider', 'considered', 'would be', 'own refund policy', 'at our discretion', 'please do not take this as a promise', 'as a rule'],
  conjunctions: ['but', 'however', 'and', 'so', 'because', 'although'],
  soon: ['today', 'tonight', 'tomorrow', 'right away', 'immediately', 'at once', 'instantly', 'this week', 'next week'],
  units: { hour: ['hours?', 'hrs?', 'h'], day: ['days?'], week: ['weeks?'], month: ['months?'] },
  business: ['business', 'working', 'work', 'banking'],
  clause: ['§+', 'sections?', 'clauses?', 'paragraphs?', 'points?', 'articles?', 'para\\.?'],
};
