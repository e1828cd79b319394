import type { CompiledPolicy } from '../decision/compile-policy.ts';
import { findClause, findSentences } from '../decision/policy-text.ts';
import type { PolicyFinding } from './pack-finding.ts';

/** Clauses that do not stand in the merchant's published text, in each language it has; and words said to stand in them that do not. */
export function lintClauses({ policy }: CompiledPolicy, policyTexts: ReadonlyMap<string, string>): PolicyFinding[] {
  const cited = policy.rules.some(({ clause }) => clause !== null);
  if (cited && policyTexts.size === 0) {
    return [{ lint: 'clause', path: ['rules'], message: `clauses are cited, but there is no text to find them in: put the published policy into policy.${policy.languages[0] ?? 'en'}.txt` }];
  }
  return policy.rules.flatMap(({ clause, says, cases }, index) => [...policyTexts].flatMap(([language, text]) => {
    if (clause === null) return [];
    const { passages, notFound } = findClause(text, clause);
    const wordsOf = (said: typeof says, path: Path) => {
      if (said?.[language] === undefined) return [];
      return findSentences(passages, said[language]).notFound.map((words) => finding(['rules', index, ...path, 'says', language], `"${words}" does not stand in clause ${clause} of policy.${language}.txt`));
    };
    return [
      ...notFound.map((part) => finding(['rules', index, 'clause'], `clause "${part}" is not found in policy.${language}.txt: neither a number, nor a heading, nor the label of a list's item`)),
      ...wordsOf(says, []),
      ...(cases ?? []).flatMap((each, position) => wordsOf(each.says, ['cases', position])),
    ];
  }));
}

type Path = PolicyFinding['path'];

function finding(path: Path, message: string): PolicyFinding {
  return { lint: 'clause', path, message };
}
