import type { Answer, Confidence, Severity, Verdict } from '#shared/rules/check.ts'
import type { Consortium } from '#shared/rules/consortium.ts'
import type { RuleAnswer } from '#shared/rules/findings.ts'
import type { Missing } from '#shared/rules/findings.ts'
import { missingText, openPoints, reasonOf, type Speech } from '#shared/rules/reasons.ts'
import { changeText } from '#shared/rules/repair-texts.ts'
import type { Repair } from '#shared/rules/repairs.ts'
import type { KeysOf, Language, Say } from '#shared/texts/language.ts'
import { countryName } from '../../country-names.ts'
import { checkAction, checkAll, type ActionResult, type Edition, type ReadyAction } from '../../edition.ts'
import { isField } from '../../programme-data.ts'
import { speechFor } from '../../speech.ts'
import { stepsOf, type Step } from './try-change.ts'

/** How many rules of an action decide, and how they are answered. */
export type Tally = { met: number; notMet: number; open: number }

/** One action in the list of all. */
export type ActionLine = {
  action: string
  name: string
  answer: Answer
  tally: Tally
  /** The first rule in the way, in words. */
  inTheWay?: string
  /** It is for other fields than the one chosen. */
  foreign: boolean
}

export type RuleLine = {
  id: string
  says: string
  answer: RuleAnswer
  group: 'not-met' | 'open' | 'met' | 'worth-knowing' | 'form' | 'assessor'
  reason: string
  confidence: Confidence
}

/** Something an open answer waits for, and the field of the form that settles it. */
export type OpenPoint = { text: string; field: string }

/** One smallest set of changes. */
export type ChangeSet = {
  changes: { text: string; rules: string[] }[]
  /** Empty when somebody has to choose first: then there is nothing to try at one press. */
  steps: Step[]
}

export type OpenedAction = ActionLine & {
  rules: RuleLine[]
  open: OpenPoint[]
  warnings: string[]
  changeSets: ChangeSet[]
  /** Sets in all; when not complete, at least so many. */
  changeSetsTotal: number
  changeSetsComplete: boolean
  /** Changes in each set; 0 when nothing has to change. */
  changesNeeded: number
  /** Something is in the way, and no set of changes was found. */
  noWay: boolean
}

/** A country of the consortium with its organisations. */
export type CountryTile = {
  code: string
  name: string
  set: 'member' | 'associated' | 'other'
  organisations: number
  coordinates: boolean
}

/** Everything the results show, in one language: the same made by server and browser. */
export type CheckView = {
  actions: ActionLine[]
  opened?: OpenedAction
  tiles: CountryTile[]
  unplaced: number
  /** The edition whose deadlines have all passed: of the opened action, or of every action. */
  over?: number
}

export type Reading = {
  edition: Edition
  language: Language
  t: Say<KeysOf<'rules'>>
  /** In which row of the form each partner stands. */
  rows: readonly number[]
  /** YYYY-MM-DD; without it nothing is said about deadlines. */
  today?: string
}

export function checkView(consortium: Consortium, opened: string | undefined, reading: Reading): CheckView {
  const { edition, language } = reading
  const results = checkAll(edition, consortium)
  const action = opened === undefined ? undefined : edition.actions.get(opened)
  return {
    actions: results.map((result) => lineOf(result, consortium, language)),
    ...(action && { opened: openedAction(checkAction(action, consortium), consortium, reading) }),
    ...tilesOf(consortium, edition, language),
    ...(isOver(edition, action, reading.today) && { over: edition.data.edition })
  }
}

function isOver(edition: Edition, action: ReadyAction | undefined, today: string | undefined): boolean {
  if (!today) return false
  const asked = action ? [action] : [...edition.actions.values()]
  const days = asked.flatMap(({ spec }) => spec.deadlines.map(({ on }) => on))
  return days.length > 0 && days.every((day) => day < today)
}

function lineOf({ action, result }: ActionResult, consortium: Consortium, language: Language): ActionLine {
  const tally: Tally = { met: 0, notMet: 0, open: 0 }
  let inTheWay: Verdict | undefined
  for (const verdict of result.verdicts) {
    if (verdict.rule.spec.severity !== 'block') continue
    if (verdict.answer === 'met') tally.met++
    else if (verdict.answer === 'not-met' && verdict.rule.spec.confidence !== 'unverified') tally.notMet++
    else tally.open++
    const weight = verdict.answer === 'not-met' ? 2 : verdict.answer === 'unknown' ? 1 : 0
    const before = inTheWay?.answer === 'not-met' ? 2 : inTheWay ? 1 : 0
    if (weight > before) inTheWay = verdict
  }
  const { field } = consortium
  return {
    action: action.spec.action,
    name: action.names[language],
    answer: result.answer,
    tally,
    ...(inTheWay && { inTheWay: inTheWay.rule.spec.says[language] }),
    foreign: field !== undefined && isField(field) && !action.fields.includes(field)
  }
}

function openedAction(found: ActionResult, consortium: Consortium, reading: Reading): OpenedAction {
  const { edition, language, t, rows } = reading
  const { action, result } = found
  const speech = speechFor(edition, action, language, t)
  const { encoded } = result
  const repairs = action.repairs(encoded)
  const says = new Map(action.spec.rules.map((rule) => [rule.id, rule.says[language]]))
  return {
    ...lineOf(found, consortium, language),
    rules: result.verdicts
      .map((verdict) => ruleLine(verdict, found, speech))
      .sort((a, b) => groups.indexOf(a.group) - groups.indexOf(b.group)),
    open: openPoints(result).map((missing) => ({
      text: missingText(missing, encoded, speech),
      field: fieldOf(missing, rows)
    })),
    warnings: result.verdicts
      .filter(
        ({ answer, rule: { spec } }) =>
          answer === 'not-met' && spec.severity === 'block' && spec.confidence === 'unverified'
      )
      .map(({ rule }) => t('rules.warning.unverified', { rule: rule.spec.says[language] })),
    changeSets: repairs.sets.map((repair) => ({
      changes: repair.changes.map((change) => ({
        text: changeText(change, encoded, speech),
        rules: change.rules.map((rule) => says.get(rule) ?? rule)
      })),
      steps: isConcrete(repair, action) ? stepsOf(repair, edition.lexicon, rows) : []
    })),
    changeSetsTotal: repairs.total,
    changeSetsComplete: repairs.complete,
    changesNeeded: repairs.size,
    noWay: repairs.none
  }
}

/** “Make three choices” leaves open which; everything else can be tried. */
function isConcrete({ changes }: Repair, { questions }: ReadyAction): boolean {
  return changes.every((change) => {
    if (change.kind !== 'answer' || !Array.isArray(change.value)) return true
    const options = questions.find(({ key }) => key === change.key)?.options ?? []
    return change.value.every((one) => options.some(({ value }) => value === one))
  })
}

const groups = ['not-met', 'open', 'met', 'worth-knowing', 'form', 'assessor'] as const

function ruleLine(verdict: Verdict, { result }: ActionResult, speech: Speech): RuleLine {
  const { spec } = verdict.rule
  return {
    id: spec.id,
    says: spec.says[speech.language],
    answer: verdict.answer,
    group:
      'assessor' in spec
        ? 'assessor'
        : 'in-the-form' in spec
          ? 'form'
          : groupOf(spec.severity, verdict.answer),
    reason: verdict.answer === 'met' ? '' : reasonOf(verdict, result, speech),
    confidence: spec.confidence
  }
}

function groupOf(severity: Severity, answer: RuleAnswer): RuleLine['group'] {
  if (severity !== 'block') return 'worth-knowing'
  return answer === 'unknown' ? 'open' : answer
}

const fieldOfPartner = {
  role: 'role',
  kind: 'type',
  country: 'country',
  charter: 'charter',
  'non-profit': 'nonProfit',
  public: 'type',
  'european-ngo': 'europeanNgo',
  age: 'establishedOn',
  'coordinator-country': 'country'
} as const

/** The id of the field in which the answer can be given. */
function fieldOf(missing: Missing, rows: readonly number[]): string {
  switch (missing.of) {
    case 'partner':
      return `partners.${rows[missing.partner]}.${fieldOfPartner[missing.what]}`
    case 'answer':
      return `answers.${missing.key}`
    case 'field':
      return 'field'
    case 'value':
      return missing.name
  }
}

function tilesOf(
  { partners }: Consortium,
  edition: Edition,
  language: Language
): Pick<CheckView, 'tiles' | 'unplaced'> {
  const { sets } = edition.lexicon.data
  const tiles = new Map<string, CountryTile>()
  let unplaced = 0
  for (const { country, role } of partners) {
    if (country === null) {
      unplaced++
      continue
    }
    const set = sets['member-states']?.includes(country)
      ? 'member'
      : sets['associated-countries']?.includes(country)
        ? 'associated'
        : 'other'
    const tile = tiles.get(country) ?? {
      code: country,
      name: countryName(country, language),
      set,
      organisations: 0,
      coordinates: false
    }
    tile.organisations++
    if (role === 'coordinator') tile.coordinates = true
    tiles.set(country, tile)
  }
  const order = ['member', 'associated', 'other']
  return {
    unplaced,
    tiles: [...tiles.values()].sort(
      (a, b) =>
        Number(b.coordinates) - Number(a.coordinates) ||
        order.indexOf(a.set) - order.indexOf(b.set) ||
        a.name.localeCompare(b.name, language)
    )
  }
}
