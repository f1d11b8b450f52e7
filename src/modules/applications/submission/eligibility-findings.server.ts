import type { Programmes } from '#server/programmes'
import type { Database } from '#shared/database/index.ts'
import { type DraftCheck, checksOfDrafts } from '../consortium/check-draft.server.ts'
import type { KnownFacts } from '../consortium/consortium-of.ts'
import type { AtHand } from './asked.ts'
import type { Finding } from './final-check.ts'

type Holding = { database: Database; programmes: Programmes }

// Found a moment ago, for the page of the last look: the button asks the same once more.
const mostKept = 5000 // not of a guide: applications
const freshFor = 600_000 // not of a guide: milliseconds
const kept = new WeakMap<Programmes, Map<string, { at: number; findings: Finding[] }>>()

/** May these consortia apply, by the rules of their call? What the programme's rules block, blocks. In their order. */
export async function eligibilityFindings(
  app: Holding,
  all: readonly AtHand[],
  facts: ReadonlyMap<string, KnownFacts>
): Promise<Finding[][]> {
  const known = kept.get(app.programmes) ?? new Map<string, { at: number; findings: Finding[] }>()
  kept.set(app.programmes, known)
  const now = performance.now()
  const found = all.map((atHand) => {
    const before = known.get(stateOf(atHand, facts))
    return before && now - before.at < freshFor ? before.findings : undefined
  })
  const open = all.filter((_, at) => !found[at])
  const checks = open.length > 0 ? await checksOfDrafts(app, open.map(toCheck), facts) : []
  const made = new Map(open.map((atHand, at) => [atHand, findingsOf(checks[at])]))
  for (const [atHand, findings] of made) known.set(stateOf(atHand, facts), { at: now, findings })
  while (known.size > mostKept) known.delete(known.keys().next().value!)
  return all.map((atHand, at) => found[at] ?? made.get(atHand)!)
}

/** All that the check reads: of the draft, of its call, and what the register says of those who take part. */
function stateOf(atHand: AtHand, facts: ReadonlyMap<string, KnownFacts>): string {
  const { outline, answers, budget } = atHand
  const known = outline.participants.map(({ id }) => facts.get(id))
  const read = [...answers.values()]
    .filter(({ path }) =>
      /^(eligibility\.|project\.|work-packages$|budget\.(lump-sum|requested-grant)$)/.test(path)
    )
    .map(({ path, version }) => `${path}:${version}`)
    .toSorted()
  const { closesOn } = toCheck(atHand)
  return JSON.stringify([outline.id, outline.outline, outline.terms, closesOn, budget.versions, read, known])
}

export function toCheck({ outline, answers, budget, call }: AtHand) {
  const closesOn = call.closesAt.toZonedDateTimeISO(call.zone).toPlainDate().toString()
  return { outline, answers, lines: budget.lines, closesOn }
}

function findingsOf(check: DraftCheck | undefined): Finding[] {
  return (check?.report.rules ?? []).flatMap(({ answer, severity, says, reason }): Finding[] => {
    if (answer !== 'not-met' || severity === 'info') return []
    return [
      {
        part: 'eligibility',
        weight: severity === 'block' ? 'blocks' : 'advice',
        says: { lv: `${says.lv} ${reason.lv}`.trim(), en: `${says.en} ${reason.en}`.trim() },
        mend: 'consortium'
      }
    ]
  })
}
