import { controls } from '../controls/index.ts';
import type { Verdict } from '../controls/result.ts';
import { BranchUpdate, PullRequest, Repository } from '../evidence-model/kinds.ts';
import type { Subject } from '../evidence-model/subject.ts';
import type { Judgement } from './judge.ts';

/** What people call the thing that a verdict of a control is about; `null` where nothing says it. */
export type Names = (control: string, verdict: Pick<Verdict, 'source' | 'subject' | 'name'>) => string | null;

/** Most things have a name; what happened to a repository is called by where and when that was. */
export function namesIn({ subjects }: Pick<Judgement, 'subjects'>): Names {
  const places = new Map(subjects.of(Repository.name).map((each) => [keyOf(each), said(each, 'place')]));
  const calls: Readonly<Record<string, (happened: Subject) => string | null>> = {
    [PullRequest.name]: (request) => {
      const place = places.get(keyOf({ source: request.source, id: said(request, 'repository') ?? '' }));
      return joined([place, `#${said(request, 'number') ?? ''}`]);
    },
    [BranchUpdate.name]: (update) => joined(['place', 'branch', 'at'].map((field) => said(update, field))),
  };
  const called = new Map(
    Object.entries(calls).map(([kind, call]) => [
      kind,
      new Map(subjects.of(kind).map((each) => [keyOf(each), call(each)])),
    ]),
  );
  const kindsOf = new Map(controls.map(({ id, parts }) => [id, parts.map(({ over }) => over.kind)]));
  return (control, { source, subject, name }) => {
    if (name !== null) return name;
    const found = kindsOf.get(control)?.map((kind) => called.get(kind)?.get(keyOf({ source, id: subject })));
    return found?.find((each) => typeof each === 'string') ?? null;
  };
}

const keyOf = ({ source, id }: Pick<Subject, 'source' | 'id'>) => JSON.stringify([source, id]);

function said({ fields }: Subject, field: string): string | null {
  const value = fields.get(field)?.value;
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

/** One of which a part is not told is not called at all. */
function joined(parts: readonly (string | null | undefined)[]): string | null {
  return parts.every((part) => typeof part === 'string' && part !== '#') ? parts.join(' ') : null;
}
