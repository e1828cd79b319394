import type { z } from 'zod';
import { childOf, describeIssues, keyText, parseYaml, type YamlSource } from '../checked-yaml.ts';
import { compilePolicy, type CompiledPolicy } from '../decision/compile-policy.ts';
import { policySchema } from '../decision/policy.ts';
import { didYouMean } from '../nearest-name.ts';
import type { PackProblem } from './pack-error.ts';

/** The policy in a `policy.yaml`, compiled; or every problem of it, in the order of their lines. `file` is its name for the problems. */
export function loadPolicy(source: string, file: string): { readonly compiled: CompiledPolicy | null; readonly problems: readonly PackProblem[] } {
  const yaml = parseYaml(source);
  if (yaml.problems.length > 0) {
    return { compiled: null, problems: yaml.problems.map(({ line, column, path, message }) => ({ file, line, column, key: keyText(path), message })) };
  }
  const parsed = policySchema.safeParse(yaml.value);
  if (!parsed.success) return { compiled: null, problems: inOrder(shapeProblems(parsed.error, yaml, file)) };
  const { compiled, faults } = compilePolicy(parsed.data);
  return { compiled, problems: inOrder(faults.map(({ path, message }) => problemAt(path, message, yaml, file))) };
}

function shapeProblems(error: z.ZodError, yaml: YamlSource, file: string): PackProblem[] {
  const problems = describeIssues(error, policySchema, yaml.value, yaml.locate).map(({ path, message }) => problemAt(path, message, yaml, file));
  // Where a name is not one of the allowed ones, the nearest says more than the whole list.
  const named = new Map(error.issues.flatMap((issue) => (issue.code === 'invalid_value' ? [[keyText(issue.path), issue] as const] : [])));
  return problems.map((problem) => {
    const issue = named.get(problem.key);
    const value: unknown = issue?.path.reduce(childOf, yaml.value);
    if (issue === undefined || typeof value !== 'string') return problem;
    return { ...problem, message: `unknown name "${value}".${didYouMean(value, issue.values.map(String)) || ` Known are ${issue.values.map(String).join(', ')}.`}` };
  });
}

function problemAt(path: readonly PropertyKey[], message: string, yaml: YamlSource, file: string): PackProblem {
  const { line, column } = yaml.locate(path);
  return { file, line: line || null, column: column || null, key: keyText(path), message };
}

function inOrder(problems: readonly PackProblem[]): PackProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}
